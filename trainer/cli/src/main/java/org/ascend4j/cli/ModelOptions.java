package org.ascend4j.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import org.ascend4j.Ascend4jException;
import org.ascend4j.cli.help.HelpGroup;
import org.ascend4j.trainer.model.ModelPath;
import org.ascend4j.trainer.model.Models;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The options that choose the network, for every command that makes one. Values that are not given come from the recipe or the model. */
@HelpGroup.In(HelpGroup.NETWORK)
final class ModelOptions {
    @Option(
            names = "--model",
            paramLabel = "NAME",
            description = "The network: googlenet (default), googlenet-fashion, googlenet-torchvision, or a model "
                    + "of a jar in --class-path.")
    private String name;

    @Option(
            names = "--classes",
            paramLabel = "N",
            description = "Number of outputs (default: the number of classes of the data).")
    private Integer classes;

    @Mixin
    private ClassPathOptions classPath;

    @Mixin
    private GoogLeNetOptions googLeNet;

    /** Makes the models of {@code --class-path} available; rejects an unknown model as wrong usage. */
    ModelPath open(CommandLine command) {
        ModelPath path = classPath.open();
        try {
            if (name != null && Models.find(name).isEmpty()) {
                throw new ParameterException(command, unknown());
            }
        } catch (RuntimeException e) {
            path.close();
            throw e;
        }
        return path;
    }

    private String unknown() {
        try {
            return Models.named(name).name();
        } catch (Ascend4jException e) {
            return "Invalid value for option '--model': " + e.getMessage();
        }
    }

    /** Returns the name of the network, or {@code otherwise} if none is given. */
    String name(String otherwise) {
        return name == null ? otherwise : name;
    }

    /** Returns the given options as recipe settings. */
    Map<String, String> overrides() {
        Map<String, String> overrides = new LinkedHashMap<>();
        if (name != null) {
            overrides.put("model.kind", name);
        }
        if (classes != null) {
            overrides.put("model.outputs", classes.toString());
        }
        overrides.putAll(googLeNet.overrides());
        return overrides;
    }
}

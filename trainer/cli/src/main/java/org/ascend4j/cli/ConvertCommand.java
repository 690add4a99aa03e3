package org.ascend4j.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.ascend4j.Ascend4jException;
import org.ascend4j.cli.help.HelpGroup;
import org.ascend4j.runtime.TorchRuntime;
import org.ascend4j.state.StateDict;
import org.ascend4j.state.StateFiles;
import org.ascend4j.trainer.model.ModelPath;
import org.ascend4j.trainer.model.Models;
import org.bytedeco.javacpp.PointerScope;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ascend4j convert}. */
@Command(
        name = "convert",
        description = "Writes weights in another format or with other parameter names.",
        sortOptions = false,
        footer = {"", "Example: ./ascend4j convert model.pt model.safetensors"},
        mixinStandardHelpOptions = true)
@HelpGroup.In(HelpGroup.FIRST)
final class ConvertCommand implements Runnable {
    private static final String AS_THEY_ARE = "as-they-are";

    /** Names of earlier versions, which are still accepted. */
    private static final Map<String, String> FORMER_NAMES = Map.of("article", "ascend", "text-000", "fashion");

    @Spec
    private CommandSpec spec;

    @Parameters(
            index = "0",
            paramLabel = "IN",
            description = "The weights to read: .pt, .pth, .bin, .safetensors or its index.")
    private Path in;

    @Parameters(index = "1", paramLabel = "OUT", description = "The file to write: .pt, .pth, .bin or .safetensors.")
    private Path out;

    @Option(
            names = "--names",
            paramLabel = "TEXT",
            defaultValue = AS_THEY_ARE,
            description = "Parameter names to write: ascend, fashion, torchvision, those of a model in "
                    + "--class-path, or as-they-are (default: ${DEFAULT-VALUE}). torchvision renames "
                    + "nothing and checks that IN has torchvision's names.")
    private String names;

    @Mixin
    private ClassPathOptions classPath;

    @Override
    public void run() {
        if (Files.isDirectory(out)) {
            throw new Ascend4jException("OUT expects a file, found the folder " + out);
        }
        try (ModelPath models = classPath.open();
                PointerScope scope = new PointerScope()) {
            UnaryOperator<StateDict> naming = naming();
            TorchRuntime.load();
            StateDict renamed = naming.apply(StateFiles.read(in));
            StateFiles.write(out, renamed, Map.of());
            spec.commandLine().getOut().println(out + ": " + renamed.entries().size() + " tensors");
            spec.commandLine().getOut().flush();
        }
    }

    private UnaryOperator<StateDict> naming() {
        Map<String, UnaryOperator<StateDict>> known = new TreeMap<>();
        known.put(AS_THEY_ARE, UnaryOperator.identity());
        Models.all().forEach(factory -> known.putAll(factory.namings()));
        UnaryOperator<StateDict> naming = known.get(FORMER_NAMES.getOrDefault(names, names));
        if (naming == null) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--names expects one of " + String.join(", ", known.keySet()) + ", found '" + names + "'");
        }
        return naming;
    }
}

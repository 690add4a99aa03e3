package org.ascend4j.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.ascend4j.cli.help.HelpGroup;
import org.ascend4j.runtime.TorchRuntime;
import org.ascend4j.trainer.checkpoint.Checkpoint;
import org.ascend4j.trainer.checkpoint.RunDescription;
import org.ascend4j.trainer.model.ImageClassifier;
import org.ascend4j.trainer.model.ModelFactory;
import org.ascend4j.trainer.model.ModelPath;
import org.ascend4j.trainer.model.ModelSummary;
import org.ascend4j.trainer.model.Models;
import org.ascend4j.trainer.model.SummaryTable;
import org.ascend4j.trainer.recipe.InputSettings;
import org.ascend4j.trainer.recipe.ModelSettings;
import org.ascend4j.trainer.recipe.Recipes;
import org.bytedeco.javacpp.PointerScope;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Prints the network layer by layer: output shapes, parameters, multiply-adds. */
@Command(
        name = "summary",
        footer = {"", "Example: ./ascend4j summary --checkpoint runs/fast/best.ckpt"},
        mixinStandardHelpOptions = true,
        description = "Prints the network layer by layer: output shapes, parameters, multiply-adds.")
@HelpGroup.In(HelpGroup.FIRST)
final class SummaryCommand implements Callable<Integer> {
    @Mixin
    private ModelOptions model;

    @Option(
            names = "--checkpoint",
            paramLabel = "FILE",
            description = "The network of a checkpoint, in place of the options that choose one.")
    private Path checkpoint;

    @Option(
            names = "--input",
            paramLabel = "NxCxHxW",
            converter = InputShape.Converter.class,
            description = "Shape of the input with its channels (default: one image of the model's usual size).")
    private InputShape input;

    @Option(
            names = "--depth",
            paramLabel = "N",
            defaultValue = "3",
            description = "Number of levels shown (default: ${DEFAULT-VALUE}).")
    private int depth;

    @Option(
            names = "--set",
            paramLabel = "model.KEY=VALUE",
            description = "Set a setting of the model, such as --set model.dropout=0.2.")
    private Map<String, String> settings = new LinkedHashMap<>();

    @Option(names = "--json", description = "Print JSON instead of a table.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws JsonProcessingException {
        try (ModelPath models = model.open(spec.commandLine())) {
            ModelSummary summary = checkpoint == null ? chosen() : saved();
            PrintWriter out = spec.commandLine().getOut();
            out.println(json ? new ObjectMapper().writeValueAsString(summary) : SummaryTable.format(summary, depth));
            out.flush();
        }
        return 0;
    }

    private ModelSummary chosen() {
        ModelFactory factory = Models.named(model.name("googlenet"));
        ModelFactory.Usual usual = factory.usual();
        ModelSettings chosen = Recipes.model(overrides());
        int outputs = chosen.outputs() == null ? usual.classes() : chosen.outputs();
        return summarise(factory.name(), outputs, chosen, shape(usual.channels(), usual.height(), usual.width()));
    }

    /** Summarises the network of the checkpoint, for images of the size that it was trained on. */
    private ModelSummary saved() {
        if (!overrides().isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--checkpoint has a network of its own, found "
                            + overrides().keySet() + " beside it; leave one away");
        }
        RunDescription run;
        try (PointerScope scope = new PointerScope()) {
            run = Checkpoint.read(checkpoint).run();
        }
        InputSettings prepared = run.recipe().input();
        InputShape shape = shape(run.channels(), prepared.side(run.height()), prepared.side(run.width()));
        ModelSettings saved = run.recipe().model();
        return summarise(saved.kind(), run.outputs(), saved, shape);
    }

    private static ModelSummary summarise(String name, int outputs, ModelSettings settings, InputShape shape) {
        TorchRuntime.load();
        try (ImageClassifier network =
                Models.create(name, Math.toIntExact(shape.channels()), outputs, settings.settings())) {
            return ModelSummary.of(network, shape.dimensions());
        }
    }

    private InputShape shape(int channels, int height, int width) {
        return input != null ? input : new InputShape(1, channels, height, width);
    }

    private Map<String, String> overrides() {
        Map<String, String> overrides = new LinkedHashMap<>(model.overrides());
        overrides.putAll(settings);
        return overrides;
    }
}

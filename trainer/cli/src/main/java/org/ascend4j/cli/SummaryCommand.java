package org.ascend4j.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.ascend4j.cli.help.HelpGroup;
import org.ascend4j.runtime.TorchRuntime;
import org.ascend4j.trainer.model.ImageClassifier;
import org.ascend4j.trainer.model.ModelFactory;
import org.ascend4j.trainer.model.ModelPath;
import org.ascend4j.trainer.model.ModelSummary;
import org.ascend4j.trainer.model.Models;
import org.ascend4j.trainer.model.SummaryTable;
import org.ascend4j.trainer.recipe.ModelSettings;
import org.ascend4j.trainer.recipe.Recipes;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints the network layer by layer: output shapes, parameters, multiply-adds. */
@Command(
        name = "summary",
        footer = {"", "Example: ./ascend4j summary --model googlenet --input 1x3x32x32"},
        mixinStandardHelpOptions = true,
        description = "Prints the network layer by layer: output shapes, parameters, multiply-adds.")
@HelpGroup.In(HelpGroup.FIRST)
final class SummaryCommand implements Callable<Integer> {
    @Mixin
    private ModelOptions model;

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
            description = "Sets a setting of the model, such as --set model.dropout=0.2.")
    private Map<String, String> settings = new LinkedHashMap<>();

    @Option(names = "--json", description = "Print JSON instead of a table.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws JsonProcessingException {
        try (ModelPath models = model.open(spec.commandLine())) {
            ModelFactory factory = Models.named(model.name("googlenet"));
            ModelFactory.Usual usual = factory.usual();
            InputShape shape =
                    input != null ? input : new InputShape(1, usual.channels(), usual.height(), usual.width());
            ModelSettings chosen = settings();
            int outputs = chosen.outputs() == null ? usual.classes() : chosen.outputs();
            TorchRuntime.load();
            PrintWriter out = spec.commandLine().getOut();
            try (ImageClassifier network =
                    Models.create(factory.name(), Math.toIntExact(shape.channels()), outputs, chosen.settings())) {
                ModelSummary summary = ModelSummary.of(network, shape.dimensions());
                out.println(
                        json ? new ObjectMapper().writeValueAsString(summary) : SummaryTable.format(summary, depth));
            }
            out.flush();
        }
        return 0;
    }

    private ModelSettings settings() {
        Map<String, String> overrides = new LinkedHashMap<>(model.overrides());
        overrides.putAll(settings);
        return Recipes.model(overrides);
    }
}

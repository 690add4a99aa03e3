package org.ascend4j.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.ascend4j.nn.Initialisation;
import org.ascend4j.runtime.TorchRuntime;
import org.ascend4j.trainer.model.googlenet.GoogLeNetConfig;
import org.ascend4j.trainer.model.ImageClassifier;
import org.ascend4j.trainer.model.ModelKind;
import org.ascend4j.trainer.model.ModelSummary;
import org.ascend4j.trainer.model.SummaryTable;
import org.ascend4j.trainer.model.googlenet.GoogLeNetConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints the network layer by layer: output shapes, parameters, multiply-adds. */
@Command(
        name = "summary",
        mixinStandardHelpOptions = true,
        description = "Prints the network layer by layer: output shapes, parameters, multiply-adds.")
final class SummaryCommand implements Callable<Integer> {
    @Mixin
    private ModelOptions model;

    @Option(
            names = "--input",
            paramLabel = "NxCxHxW",
            converter = InputShape.Converter.class,
            description = "Shape of the input, channels included. Default: one image of the model's usual size.")
    private InputShape input;

    @Option(
            names = "--depth",
            paramLabel = "N",
            defaultValue = "3",
            description = "Levels shown. Default: ${DEFAULT-VALUE}.")
    private int depth;

    @Option(names = "--json", description = "Print JSON instead of a table.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws JsonProcessingException {
        ModelKind kind = model.kind(ModelKind.GOOGLENET);
        InputShape shape = input != null ? input : usualInput(kind);
        GoogLeNetConfig config = model.apply(kind.defaults())
                .withInputChannels(Math.toIntExact(shape.channels()))
                .withInitialisation(Initialisation.PYTORCH);
        TorchRuntime.load();
        PrintWriter out = spec.commandLine().getOut();
        try (ImageClassifier network = kind.create(config)) {
            ModelSummary summary = ModelSummary.of(network, shape.dimensions());
            out.println(json ? new ObjectMapper().writeValueAsString(summary) : SummaryTable.format(summary, depth));
        }
        out.flush();
        return 0;
    }

    private static InputShape usualInput(ModelKind kind) {
        long size = kind == ModelKind.GOOGLENET ? 32 : 224;
        return new InputShape(1, kind.defaults().inputChannels(), size, size);
    }
}

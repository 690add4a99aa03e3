package org.ascend4j.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.ascend4j.Ascend4jException;
import org.ascend4j.cli.help.HelpGroup;
import org.ascend4j.nn.Initialisation;
import org.ascend4j.trainer.model.googlenet.Stem;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The settings of the GoogLeNets as options. They are equivalent to {@code --set model.KEY=VALUE}, which also works for other models. */
@HelpGroup.In(HelpGroup.NETWORK)
final class GoogLeNetOptions {
    @Option(
            names = "--stem",
            paramLabel = "NAME",
            converter = StemConverter.class,
            description = "First layers: imagenet (7x7 kernel, stride 2), cifar (3x3 kernel, stride 1; images of 32 px "
                    + "become maps of 8x8, 4x4 and 2x2) or cifar-fine (16x16, 8x8 and 4x4; four times the work).")
    private Stem stem;

    @Option(
            names = "--batch-norm",
            negatable = true,
            fallbackValue = "true",
            description = "Use batch normalisation after every convolution.")
    private Boolean batchNorm;

    @Option(
            names = "--lrn",
            negatable = true,
            fallbackValue = "true",
            description = "Use local response normalisation in the stem, as in the paper.")
    private Boolean localResponseNorm;

    @Option(
            names = "--aux",
            negatable = true,
            fallbackValue = "true",
            description = "Use two auxiliary heads in training, with the loss weight 0.3.")
    private Boolean auxiliaryHeads;

    @Option(
            names = "--dropout",
            paramLabel = "P",
            description = "Probability of dropout before the last layer; 0 disables it.")
    private Double dropout;

    @Option(
            names = "--initialisation",
            paramLabel = "NAME",
            converter = InitialisationConverter.class,
            description = "Initialisation of the weights: pytorch, kaiming, xavier, truncated-normal or dirac.")
    private Initialisation initialisation;

    /** Returns the given options as recipe settings. */
    Map<String, String> overrides() {
        Map<String, String> overrides = new LinkedHashMap<>();
        put(overrides, "model.stem", stem);
        put(overrides, "model.batch_norm", batchNorm);
        put(overrides, "model.lrn", localResponseNorm);
        put(overrides, "model.aux", auxiliaryHeads);
        put(overrides, "model.dropout", dropout);
        put(overrides, "model.initialisation", initialisation);
        return overrides;
    }

    private static void put(Map<String, String> overrides, String setting, Object value) {
        if (value != null) {
            overrides.put(setting, value.toString());
        }
    }

    private abstract static class LabelConverter<T> implements ITypeConverter<T> {
        private final Function<String, T> parse;

        LabelConverter(Function<String, T> parse) {
            this.parse = parse;
        }

        @Override
        public T convert(String label) {
            try {
                return parse.apply(label);
            } catch (Ascend4jException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }

    static final class StemConverter extends LabelConverter<Stem> {
        StemConverter() {
            super(Stem::parse);
        }
    }

    static final class InitialisationConverter extends LabelConverter<Initialisation> {
        InitialisationConverter() {
            super(Initialisation::parse);
        }
    }
}

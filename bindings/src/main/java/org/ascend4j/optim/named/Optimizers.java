package org.ascend4j.optim.named;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.ascend4j.nn.Layer;
import org.ascend4j.optim.OptimizerBuilder;

/** The registered optimisers. */
public final class Optimizers {
    private static final String DECAY_ALL = "decay_biases_and_norms";
    private static final String BIAS_FACTOR = "bias_lr_factor";

    private static final Registry<OptimizerFactory> REGISTRY = new Registry<>(
            "optimizer",
            OptimizerFactory.class,
            List.of(Setting.flag(DECAY_ALL, true), Setting.positive(BIAS_FACTOR, 1)));

    private Optimizers() {}

    /** Returns the registered names. */
    public static List<String> names() {
        return REGISTRY.names();
    }

    /** Reads {@code type} and the settings of the optimiser with that name. Throws an error for settings that no optimiser has and for invalid values. */
    public static NamedSettings read(ObjectNode given) {
        return REGISTRY.read(given);
    }

    /** Starts a builder for the optimiser that the settings describe; the model must be on its device. */
    public static OptimizerBuilder<?> over(Layer model, NamedSettings settings) {
        OptimizerBuilder<?> builder = REGISTRY.factory(settings.type()).over(model, settings);
        if (!settings.flag(DECAY_ALL)) {
            builder.noDecayForBiasesAndNorms();
        }
        double factor = settings.number(BIAS_FACTOR);
        return factor == 1 ? builder : builder.biasLearningRateFactor(factor);
    }
}

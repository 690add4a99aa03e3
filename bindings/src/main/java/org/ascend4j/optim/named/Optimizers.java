package org.ascend4j.optim.named;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.ascend4j.nn.Layer;
import org.ascend4j.optim.OptimizerBuilder;

/** The optimisers that are registered. */
public final class Optimizers {
    private static final String DECAY_ALL = "decay_biases_and_norms";

    private static final Registry<OptimizerFactory> REGISTRY =
            new Registry<>("optimizer", OptimizerFactory.class, List.of(Setting.flag(DECAY_ALL, true)));

    private Optimizers() {}

    /** Returns the registered names. */
    public static List<String> names() {
        return REGISTRY.names();
    }

    /** Reads settings: {@code type} and what the optimiser of that name knows; refuses what none knows and what does not fit. */
    public static NamedSettings read(ObjectNode given) {
        return REGISTRY.read(given);
    }

    /** Begins the optimiser that the settings describe, of a model that is on its device. */
    public static OptimizerBuilder<?> over(Layer model, NamedSettings settings) {
        OptimizerBuilder<?> builder = REGISTRY.factory(settings.type()).over(model, settings);
        return settings.flag(DECAY_ALL) ? builder : builder.noDecayForBiasesAndNorms();
    }
}

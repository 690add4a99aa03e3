package org.ascend4j.optim.named;

import org.ascend4j.nn.Layer;
import org.ascend4j.optim.OptimizerBuilder;

/** Makes optimisers of one name; a line in {@code META-INF/services} registers it. */
public interface OptimizerFactory extends NamedFactory {
    /**
     * Begins an optimiser.
     *
     * @param settings values of all {@link #settings}, checked
     * @param model the model, on its device
     */
    OptimizerBuilder<?> over(Layer model, NamedSettings settings);
}

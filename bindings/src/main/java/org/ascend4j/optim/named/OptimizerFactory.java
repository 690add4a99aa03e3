package org.ascend4j.optim.named;

import org.ascend4j.nn.Layer;
import org.ascend4j.optim.OptimizerBuilder;

/**
 * Creates the optimisers with one name; a line in {@code META-INF/services} registers it.
 *
 * @since 0.1.0
 */
public interface OptimizerFactory extends NamedFactory {
    /**
     * Starts a builder for an optimiser.
     *
     * @param settings validated values of all {@link #settings}
     * @param model the model, on its device
     */
    OptimizerBuilder<?> over(Layer model, NamedSettings settings);
}

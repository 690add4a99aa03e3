package org.ascend4j.optim;

import java.util.List;
import java.util.Optional;
import org.ascend4j.runtime.Team;
import org.ascend4j.state.StateDict;
import org.bytedeco.pytorch.Tensor;

/**
 * Updates parameters from their gradients.
 *
 * <p>A training step consists of {@code backward}, operations on {@link #gradients} in place (reduction over ranks, unscaling, clipping), then {@link #step()}
 * and {@link #zeroGrad}. Parameters without a gradient are not changed, as in torch: neither weight decay nor momentum applies to them.
 *
 * @since 0.1.0
 */
public interface Optimizer extends AutoCloseable {
    /** Returns the groups, whose settings may be changed between steps. */
    List<ParameterGroup> groups();

    /** Returns the current learning rates of the groups, in the form that schedules take. */
    default List<Double> learningRates() {
        return groups().stream().map(ParameterGroup::learningRate).toList();
    }

    /**
     * Returns the gradients that the next {@link #step()} will use, gathered at the first call after a backward pass.
     *
     * <p>They are autograd's own tensors, or a few long ranges of the flat gradient buffers. The optimiser owns them, and they are valid until the step.
     */
    List<Tensor> gradients();

    /** Makes later steps on the CPU distribute the parameters over a team's members; the result has the same bits. */
    void workWith(Team team);

    /** Updates the parameters that have gradients. */
    void step();

    /**
     * Updates the parameters, or leaves them and all state unchanged if the gradients were not finite, without waiting for the device.
     *
     * @param foundInf a one-element fp32 tensor on the parameters' device: 0 to update, 1 to skip
     */
    void step(Tensor foundInf);

    /**
     * Returns the update for recorded steps; empty if this optimiser has none.
     *
     * @param foundInf the tensor that {@link #step(Tensor)} receives in other steps; null if they call {@link #step()}
     */
    default Optional<RecordableUpdate> recordable(Tensor foundInf) {
        return Optional.empty();
    }

    /** Drops all gradients. */
    void zeroGrad();

    /**
     * Returns the state by parameter name, independent of the device and the update path.
     *
     * <p>Tensors are views of the live state, in the shapes of the parameters; copy them before the next step.
     */
    StateDict stateDict();

    /** Restores a state that {@link #stateDict} returned; throws an error for the state of other parameters. */
    void loadStateDict(StateDict state);

    /** Releases the state, and the flat buffers if a builder created them; the parameters keep their values. */
    @Override
    void close();
}

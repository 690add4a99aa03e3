package org.ascend4j.optim;

import java.util.List;
import org.ascend4j.runtime.Team;
import org.ascend4j.state.StateDict;
import org.bytedeco.pytorch.Tensor;

/**
 * Updates parameters from their gradients.
 *
 * <p>A step is: {@code backward}, then whatever works on {@link #gradients} in place (reduction over ranks, unscaling, clipping), then {@link #step()} and
 * {@link #zeroGrad}. Parameters without a gradient are left alone, as in torch: neither weight decay nor momentum touches them.
 */
public interface Optimizer extends AutoCloseable {
    /** Returns the groups, whose settings may be changed before any step. */
    List<ParameterGroup> groups();

    /** Returns the learning rates of the groups now, as schedules take them. */
    default List<Double> learningRates() {
        return groups().stream().map(ParameterGroup::learningRate).toList();
    }

    /**
     * Returns the gradients that the next {@link #step()} will use, gathered at the first call after a backward pass.
     *
     * <p>They are autograd's own tensors, or a few long ranges of the flat gradient buffers. Owned by the optimiser and valid until the step.
     */
    List<Tensor> gradients();

    /** Lets later steps on the CPU share the parameters among a team's members; the result is the same bits. */
    void workWith(Team team);

    /** Updates the parameters that have gradients. */
    void step();

    /**
     * Updates the parameters, or leaves them and all state alone where the gradients were not finite, without asking the device.
     *
     * @param foundInf a one-element fp32 tensor on the parameters' device: 0 to update, 1 to skip
     */
    void step(Tensor foundInf);

    /** Drops all gradients. */
    void zeroGrad();

    /**
     * Returns the state by parameter name, so that it fits any device and any way of updating.
     *
     * <p>Tensors are views of the live state, in the shapes of the parameters; copy them before the next step.
     */
    StateDict stateDict();

    /** Restores what {@link #stateDict} returned; refuses state of other parameters. */
    void loadStateDict(StateDict state);

    /** Releases the state, and the flat buffers where a builder made them; the parameters keep their values. */
    @Override
    void close();
}

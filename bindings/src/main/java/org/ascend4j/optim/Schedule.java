package org.ascend4j.optim;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.ascend4j.state.StateDict;

/**
 * The settings of every step, as a function of its number. A resumed run therefore needs no state, except for schedules that depend on metrics.
 *
 * @since 0.1.0
 */
public interface Schedule {
    /**
     * The settings of one group for one step.
     *
     * @param learningRate the learning rate
     * @param momentum the momentum or Adam's beta1; empty to keep the group's own
     */
    record Settings(double learningRate, OptionalDouble momentum) {}

    /**
     * Returns the settings of a group.
     *
     * @param step the number of previous steps
     * @param group the index of the group
     */
    Settings at(long step, int group);

    /** Sets all groups for the step. */
    default void apply(long step, List<ParameterGroup> groups) {
        for (int i = 0; i < groups.size(); i++) {
            Settings settings = at(step, i);
            groups.get(i).setLearningRate(settings.learningRate());
            settings.momentum().ifPresent(groups.get(i)::setMomentum);
        }
    }

    /** Receives the metric of a completed epoch, as a loss; only {@link Plateau} uses it. */
    default void epochDone(double metric) {}

    /**
     * Returns the state that a resumed run needs in addition to the step: empty except for schedules that depend on metrics. The tensors belong to the open
     * PointerScope.
     */
    default StateDict stateDict() {
        return new StateDict();
    }

    /** Restores a state that {@link #stateDict} returned. */
    default void loadStateDict(StateDict state) {}

    /** Returns a schedule with constant settings: one learning rate per group, momentum unchanged. */
    static Schedule constant(double... learningRates) {
        return Decay.constant(Arrays.stream(learningRates).boxed().toList());
    }
}

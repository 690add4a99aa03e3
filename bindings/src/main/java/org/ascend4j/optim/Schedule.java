package org.ascend4j.optim;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.ascend4j.state.StateDict;

/** The settings of every step, as a function of its number, so that a resumed run needs no state but for schedules that go by metrics. */
public interface Schedule {
    /**
     * Settings of one group for one step.
     *
     * @param learningRate the learning rate
     * @param momentum the momentum or Adam's beta1; empty leaves the group's own
     */
    record Settings(double learningRate, OptionalDouble momentum) {}

    /**
     * Returns the settings of a group.
     *
     * @param step how many steps were made before
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

    /** Takes the metric of an epoch that is done, as a loss; only {@link Plateau} goes by it. */
    default void epochDone(double metric) {}

    /** Returns what a resumed run needs beside the step: nothing, but for a schedule that goes by metrics. The tensors belong to the open PointerScope. */
    default StateDict stateDict() {
        return new StateDict();
    }

    /** Restores what {@link #stateDict} returned. */
    default void loadStateDict(StateDict state) {}

    /** Returns the schedule that never changes: one learning rate per group, momentum left alone. */
    static Schedule constant(double... learningRates) {
        return Decay.constant(Arrays.stream(learningRates).boxed().toList());
    }
}

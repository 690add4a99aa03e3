package org.ascend4j.optim;

import java.util.List;
import java.util.OptionalDouble;

/** The settings of every step, as a pure function of its number, so that a resumed run needs no state. */
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

    /** Returns the schedule that never changes: one learning rate per group, momentum left alone. */
    static Schedule constant(double... learningRates) {
        double[] rates = learningRates.clone();
        return (step, group) -> new Settings(rates[group], OptionalDouble.empty());
    }
}

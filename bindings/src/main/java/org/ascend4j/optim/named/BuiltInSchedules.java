package org.ascend4j.optim.named;

import java.util.List;
import org.ascend4j.optim.Decay;
import org.ascend4j.optim.OneCycle;
import org.ascend4j.optim.Plateau;
import org.ascend4j.optim.Schedule;

/**
 * Torch's schedules; lengths are in epochs.
 *
 * @since 0.1.0
 */
public final class BuiltInSchedules {
    private static final Setting GAMMA = Setting.positive("gamma", 0.1);

    private BuiltInSchedules() {}

    /**
     * torch's OneCycleLR; the peaks of further groups have the same ratio to that of the first as their learning rates.
     *
     * @since 0.1.0
     */
    public static final class OneCycleFactory implements ScheduleFactory {
        @Override
        public String name() {
            return "one_cycle";
        }

        @Override
        public List<Setting> settings() {
            return List.of(
                    Setting.rate("max_lr", 0.1),
                    Setting.between("pct_start", 0.3, 0, 1),
                    Setting.choice("anneal", "cos", "linear"),
                    Setting.flag("three_phase", false),
                    Setting.flag("cycle_momentum", true),
                    Setting.between("base_momentum", 0.85, 0, 1),
                    Setting.between("max_momentum", 0.95, 0, 1),
                    Setting.positive("div_factor", 25),
                    Setting.positive("final_div_factor", 1e4));
        }

        @Override
        public Schedule create(NamedSettings settings, RunLength run) {
            OneCycle.Shape shape = new OneCycle.Shape(
                    run.steps(),
                    settings.number("pct_start"),
                    settings.text("anneal").equals("cos") ? OneCycle.Anneal.COS : OneCycle.Anneal.LINEAR,
                    settings.flag("cycle_momentum"),
                    settings.number("div_factor"),
                    settings.number("final_div_factor"),
                    settings.flag("three_phase"));
            double first = run.learningRates().get(0);
            return new OneCycle(
                    shape,
                    run.learningRates().stream()
                            .map(rate -> new OneCycle.Peak(
                                    rate == first
                                            ? settings.number("max_lr")
                                            : settings.number("max_lr") * rate / first,
                                    settings.number("base_momentum"),
                                    settings.number("max_momentum")))
                            .toList());
        }
    }

    /**
     * A constant schedule with the optimiser's own learning rate.
     *
     * @since 0.1.0
     */
    public static final class ConstantFactory implements ScheduleFactory {
        @Override
        public String name() {
            return "constant";
        }

        @Override
        public List<Setting> settings() {
            return List.of();
        }

        @Override
        public Schedule create(NamedSettings settings, RunLength run) {
            return Decay.constant(run.learningRates());
        }
    }

    /**
     * A linear rise, followed by torch's CosineAnnealingLR.
     *
     * @since 0.1.0
     */
    public static final class CosineFactory implements ScheduleFactory {
        @Override
        public String name() {
            return "cosine";
        }

        @Override
        public List<Setting> settings() {
            return List.of(Setting.notNegative("warmup_epochs", 0), Setting.notNegative("min_lr", 0));
        }

        @Override
        public Schedule create(NamedSettings settings, RunLength run) {
            return Decay.cosine(
                    run.learningRates(),
                    run.steps(settings.number("warmup_epochs")),
                    run.steps(),
                    settings.number("min_lr"));
        }
    }

    /**
     * torch's StepLR.
     *
     * @since 0.1.0
     */
    public static final class StepFactory implements ScheduleFactory {
        @Override
        public String name() {
            return "step";
        }

        @Override
        public List<Setting> settings() {
            return List.of(Setting.count("step_size", 1, 1).required(), GAMMA);
        }

        @Override
        public Schedule create(NamedSettings settings, RunLength run) {
            return Decay.step(run.learningRates(), run.steps(settings.count("step_size")), settings.number("gamma"));
        }
    }

    /**
     * torch's MultiStepLR.
     *
     * @since 0.1.0
     */
    public static final class MultiStepFactory implements ScheduleFactory {
        @Override
        public String name() {
            return "multi_step";
        }

        @Override
        public List<Setting> settings() {
            return List.of(Setting.numbers("milestones", 0, 1e6).required(), GAMMA);
        }

        @Override
        public Schedule create(NamedSettings settings, RunLength run) {
            return Decay.multiStep(
                    run.learningRates(),
                    settings.numbers("milestones").stream().map(run::steps).toList(),
                    settings.number("gamma"));
        }
    }

    /**
     * torch's ExponentialLR: one factor per epoch.
     *
     * @since 0.1.0
     */
    public static final class ExponentialFactory implements ScheduleFactory {
        @Override
        public String name() {
            return "exponential";
        }

        @Override
        public List<Setting> settings() {
            return List.of(GAMMA.required());
        }

        @Override
        public Schedule create(NamedSettings settings, RunLength run) {
            return Decay.step(run.learningRates(), run.stepsPerEpoch(), settings.number("gamma"));
        }
    }

    /**
     * torch's LinearLR, updated at each step, over all epochs.
     *
     * @since 0.1.0
     */
    public static final class LinearFactory implements ScheduleFactory {
        @Override
        public String name() {
            return "linear";
        }

        @Override
        public List<Setting> settings() {
            return List.of(Setting.notNegative("start_factor", 1.0 / 3), Setting.notNegative("end_factor", 1));
        }

        @Override
        public Schedule create(NamedSettings settings, RunLength run) {
            return Decay.linear(
                    run.learningRates(), settings.number("start_factor"), settings.number("end_factor"), run.steps());
        }
    }

    /**
     * torch's PolynomialLR, updated at each step, over all epochs.
     *
     * @since 0.1.0
     */
    public static final class PolynomialFactory implements ScheduleFactory {
        @Override
        public String name() {
            return "polynomial";
        }

        @Override
        public List<Setting> settings() {
            return List.of(Setting.positive("power", 1));
        }

        @Override
        public Schedule create(NamedSettings settings, RunLength run) {
            return Decay.polynomial(run.learningRates(), run.steps(), settings.number("power"));
        }
    }

    /**
     * torch's ReduceLROnPlateau, applied to the loss.
     *
     * @since 0.1.0
     */
    public static final class PlateauFactory implements ScheduleFactory {
        @Override
        public String name() {
            return "plateau";
        }

        @Override
        public List<Setting> settings() {
            return List.of(
                    Setting.between("factor", 0.1, 0, 1),
                    Setting.count("patience", 10, 0),
                    Setting.notNegative("threshold", 1e-4),
                    Setting.choice("threshold_mode", "rel", "abs"),
                    Setting.count("cooldown", 0, 0),
                    Setting.notNegative("min_lr", 0));
        }

        @Override
        public Schedule create(NamedSettings settings, RunLength run) {
            return new Plateau(
                    run.learningRates(),
                    new Plateau.Options(
                            settings.number("factor"),
                            settings.count("patience"),
                            settings.number("threshold"),
                            settings.text("threshold_mode").equals("rel"),
                            false,
                            settings.count("cooldown"),
                            settings.number("min_lr")));
        }
    }
}

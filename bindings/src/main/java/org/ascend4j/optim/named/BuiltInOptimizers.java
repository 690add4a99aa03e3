package org.ascend4j.optim.named;

import java.util.List;
import org.ascend4j.nn.Layer;
import org.ascend4j.optim.Adam;
import org.ascend4j.optim.AdamBuilder;
import org.ascend4j.optim.AdamW;
import org.ascend4j.optim.OptimizerBuilder;
import org.ascend4j.optim.Sgd;

/**
 * Torch's optimisers under torch's names. The settings are torch's as well, except for the learning rate, which is required.
 *
 * @since 0.1.0
 */
public final class BuiltInOptimizers {
    private static final Setting LR = Setting.rate("lr", 0).required();

    private BuiltInOptimizers() {}

    private static Setting weightDecay(double byDefault) {
        return Setting.notNegative("weight_decay", byDefault);
    }

    /**
     * {@link Sgd}.
     *
     * @since 0.1.0
     */
    public static final class SgdFactory implements OptimizerFactory {
        @Override
        public String name() {
            return "sgd";
        }

        @Override
        public List<Setting> settings() {
            return List.of(
                    LR,
                    Setting.between("momentum", 0, 0, 1),
                    Setting.between("dampening", 0, 0, 1),
                    Setting.flag("nesterov", false),
                    weightDecay(0));
        }

        @Override
        public OptimizerBuilder<?> over(Layer model, NamedSettings settings) {
            return Sgd.over(model)
                    .learningRate(settings.number("lr"))
                    .momentum(settings.number("momentum"))
                    .dampening(settings.number("dampening"))
                    .nesterov(settings.flag("nesterov"))
                    .weightDecay(settings.number("weight_decay"));
        }
    }

    private static List<Setting> adamSettings(double weightDecay) {
        return List.of(
                LR,
                Setting.numbers("betas", 0, 1, 0.9, 0.999),
                Setting.notNegative("eps", 1e-8),
                weightDecay(weightDecay));
    }

    private static OptimizerBuilder<?> adam(AdamBuilder<?> builder, NamedSettings settings) {
        List<Double> betas = settings.numbers("betas");
        return builder.betas(betas.get(0), betas.get(1))
                .eps(settings.number("eps"))
                .learningRate(settings.number("lr"))
                .weightDecay(settings.number("weight_decay"));
    }

    /**
     * {@link Adam}.
     *
     * @since 0.1.0
     */
    public static final class AdamFactory implements OptimizerFactory {
        @Override
        public String name() {
            return "adam";
        }

        @Override
        public List<Setting> settings() {
            return adamSettings(0);
        }

        @Override
        public OptimizerBuilder<?> over(Layer model, NamedSettings settings) {
            return adam(Adam.over(model), settings);
        }
    }

    /**
     * {@link AdamW}.
     *
     * @since 0.1.0
     */
    public static final class AdamWFactory implements OptimizerFactory {
        @Override
        public String name() {
            return "adamw";
        }

        @Override
        public List<Setting> settings() {
            return adamSettings(0.01);
        }

        @Override
        public OptimizerBuilder<?> over(Layer model, NamedSettings settings) {
            return adam(AdamW.over(model), settings);
        }
    }
}

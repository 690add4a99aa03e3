package org.ascend4j.optim.named;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.ascend4j.Ascend4jException;
import org.ascend4j.nn.BatchNorm;
import org.ascend4j.nn.GroupNorm;
import org.ascend4j.nn.Layer;
import org.ascend4j.nn.LayerNorm;
import org.ascend4j.optim.OptimizerBuilder;

/**
 * The registered optimisers.
 *
 * @since 0.1.0
 */
public final class Optimizers {
    private static final String DECAY_ALL = "decay_biases_and_norms";
    private static final String BIAS_FACTOR = "bias_lr_factor";

    private static final Registry<OptimizerFactory> REGISTRY = new Registry<>(
            "optimizer",
            OptimizerFactory.class,
            List.of(Setting.flag(DECAY_ALL, true), Setting.positive(BIAS_FACTOR, 1)));

    private Optimizers() {}

    /** Returns the registered names. */
    public static List<String> names() {
        return REGISTRY.names();
    }

    /** Reads {@code type} and the settings of the optimiser with that name. Throws an error for settings that no optimiser has and for invalid values. */
    public static NamedSettings read(ObjectNode given) {
        return REGISTRY.read(given);
    }

    /** Starts a builder for the optimiser that the settings describe; the model must be on its device. */
    public static OptimizerBuilder<?> over(Layer model, NamedSettings settings) {
        OptimizerBuilder<?> builder = REGISTRY.factory(settings.type()).over(model, settings);
        if (!settings.flag(DECAY_ALL)) {
            builder.noDecayForBiasesAndNorms();
        }
        double factor = settings.number(BIAS_FACTOR);
        return factor == 1 ? builder : scaleBiases(builder, normBiases(model), factor);
    }

    /** Divides the weight decay by the factor too, so that the share of a bias that a step removes stays: airbench (https://arxiv.org/abs/2404.00498). */
    private static OptimizerBuilder<?> scaleBiases(OptimizerBuilder<?> builder, Set<String> biases, double factor) {
        if (biases.isEmpty()) {
            throw new Ascend4jException("optimizer." + BIAS_FACTOR
                    + " expects a model with normalisations that have biases, found none; set it to 1");
        }
        return builder.group(biases::contains, group -> group.withLearningRate(group.learningRate() * factor)
                .withWeightDecay(group.weightDecay() / factor));
    }

    private static Set<String> normBiases(Layer model) {
        return model.moduleTree()
                .all()
                .filter(node -> node.layer().filter(Optimizers::isNorm).isPresent()
                        && node.parameters().containsKey("bias"))
                .map(node -> node.path("bias"))
                .collect(Collectors.toSet());
    }

    private static boolean isNorm(Layer layer) {
        return layer instanceof BatchNorm || layer instanceof LayerNorm || layer instanceof GroupNorm;
    }
}

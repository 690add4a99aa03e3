package org.ascend4j.trainer.engine;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.ascend4j.Ascend4jException;
import org.ascend4j.optim.NamePattern;
import org.ascend4j.trainer.model.ImageClassifier;
import org.ascend4j.trainer.recipe.FineTuning;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;

/**
 * The parts of a model that a run does not train.
 *
 * @since 0.1.0
 */
public final class FrozenParts {
    private FrozenParts() {}

    /**
     * Disables training for the parameters that match the patterns. For the other parameters the model's own setting
     * stays.
     *
     * @throws Ascend4jException if a pattern matches nothing, or no parameter is left to train
     */
    public static void freeze(ImageClassifier model, List<String> patterns) {
        Map<String, Tensor> parameters = model.namedParameters();
        for (String pattern : patterns) {
            Predicate<String> frozen = names(model, pattern);
            if (parameters.keySet().stream().noneMatch(frozen)) {
                throw new Ascend4jException("--freeze expects '" + FineTuning.BACKBONE
                        + "', or parameters or modules of the model such as " + example(parameters) + ", found '"
                        + pattern + "'");
            }
            parameters.forEach((name, tensor) -> {
                if (frozen.test(name)) {
                    tensor.set_requires_grad(false);
                }
            });
        }
        if (!patterns.isEmpty() && parameters.values().stream().noneMatch(Tensor::requires_grad)) {
            throw new Ascend4jException("--freeze expects to leave a part of the model to train, found that "
                    + String.join(", ", patterns) + " freezes all of it");
        }
    }

    private static Predicate<String> names(ImageClassifier model, String pattern) {
        if (pattern.equals(FineTuning.BACKBONE)) {
            return model.headNames().negate();
        }
        return NamePattern.of(pattern).or(NamePattern.of(pattern + ".*"));
    }

    private static String example(Map<String, Tensor> parameters) {
        String first = parameters.keySet().iterator().next();
        return first + " or " + first.replaceFirst("\\..*", "");
    }

    /** Puts modules with running statistics into evaluation mode if all their parameters are frozen, so that their statistics are frozen too. */
    static void holdStatistics(ImageClassifier model) {
        try (PointerScope scope = new PointerScope()) {
            hold(model);
        }
    }

    private static void hold(Module module) {
        TensorVector own = module.parameters(false);
        if (own.size() > 0 && module.buffers(false).size() > 0 && isFrozen(own)) {
            module.train(false);
        }
        for (Module child : module.children().get()) {
            hold(child);
        }
    }

    private static boolean isFrozen(TensorVector parameters) {
        for (Tensor parameter : parameters.get()) {
            if (parameter.requires_grad()) {
                return false;
            }
        }
        return true;
    }
}

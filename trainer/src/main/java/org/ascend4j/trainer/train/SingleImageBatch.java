package org.ascend4j.trainer.train;

import org.ascend4j.Ascend4jException;
import org.ascend4j.nn.BatchNorm;
import org.ascend4j.nn.EvaluationMode;
import org.ascend4j.nn.ForwardObserver;
import org.ascend4j.nn.Layer;
import org.ascend4j.trainer.data.ImageSet;
import org.ascend4j.trainer.model.ImageClassifier;
import org.ascend4j.trainer.recipe.InputSettings;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Detects before a run that a batch of one image would give batch norm only one value per channel, whose unbiased
 * variance is not a number. Python raises "Expected more than 1 value per channel when training" at such a step.
 */
final class SingleImageBatch {
    private SingleImageBatch() {}

    /**
     * Throws if a run would have such a batch.
     *
     * @param ranks number of processes that share a step; 1 if batch norm takes its statistics over all of them
     */
    static void refuse(ImageClassifier model, RunSettings settings, ImageSet images, int ranks) {
        if (isForeseen(model, settings, images, ranks)) {
            throw new Ascend4jException("batch norm expects two images or more in every batch, found one in a batch of "
                    + images.size() + " training images in batches of "
                    + settings.recipe().batchSize() + (ranks > 1 ? " on " + ranks + " processes" : "")
                    + "; set --batch-size to another number");
        }
    }

    /** Returns whether a run would have such a batch. */
    static boolean isForeseen(ImageClassifier model, RunSettings settings, ImageSet images, int ranks) {
        int global = settings.globalBatch();
        int batch = settings.recipe().batchSize();
        int rest = images.size() % global;
        boolean reachesRest = settings.maxSteps() == 0 || settings.maxSteps() >= (images.size() + global - 1) / global;
        boolean single = images.size() >= global && hasSingle(global, batch, ranks)
                || rest > 0 && reachesRest && hasSingle(rest, batch, ranks);
        return single && meetsOneValue(model, images, settings.recipe().input());
    }

    /** Returns whether the batches of one process in a step end with a batch of one image. */
    static boolean hasSingle(int stepImages, int batch, int ranks) {
        int own = (stepImages + ranks - 1) / ranks;
        return own % batch == 1 || batch == 1;
    }

    private static boolean meetsOneValue(ImageClassifier model, ImageSet images, InputSettings input) {
        if (model.tree().stream().noneMatch(BatchNorm.class::isInstance)) {
            return false;
        }
        SmallestMap observer = new SmallestMap();
        try (EvaluationMode evaluation = new EvaluationMode(model);
                PointerScope scope = new PointerScope();
                NoGradGuard noGrad = new NoGradGuard()) {
            Tensor weight = model.namedParameters().values().iterator().next();
            long[] shape = {1, images.channels(), input.side(images.height()), input.side(images.width())};
            Tensor image = torch.zeros(shape, weight.options());
            Layer.observe(observer, () -> model.forward(image));
        }
        return observer.values == 1;
    }

    /** Records the smallest number of values that one image gives a channel of a batch norm. */
    private static final class SmallestMap implements ForwardObserver {
        private long values = Long.MAX_VALUE;

        @Override
        public void before(Layer layer, Tensor input) {
            // Only outputs are needed.
        }

        @Override
        public void after(Layer layer, Tensor input, Tensor output) {
            if (layer instanceof BatchNorm) {
                values = Math.min(values, output.numel() / output.size(1));
            }
        }
    }
}

package org.ascend4j.trainer.train;

import java.util.List;
import java.util.Optional;
import org.ascend4j.Ascend4jException;
import org.ascend4j.device.DeviceBackend;
import org.ascend4j.nn.BatchNorm;
import org.ascend4j.runtime.TorchRuntime;
import org.ascend4j.trainer.model.ImageClassifier;
import org.ascend4j.trainer.recipe.Recipe;

/**
 * How the operators of a step are arranged; results agree except for rounding.
 *
 * @param exact whether to use the operators of the Ascend tutorial's Python in its order, so that equal libraries and thread counts give bit-identical results
 * @param replicas number of copies of the model that share a batch on the CPU, each on its own thread; 0 for the most that threads, batch and model allow
 * @since 0.1.0
 */
public record Execution(boolean exact, int replicas) {
    /** The fastest arrangement for the model. */
    public static final Execution FASTEST = new Execution(false, 0);

    /** Python's operators in Python's order. */
    public static final Execution EXACT = new Execution(true, 1);

    /**
     * Smallest number of pixels per copy of the model: 16 images of CIFAR-10. With fewer pixels its operators are too
     * small to use a processor fully.
     */
    private static final long LEAST_PIXELS = 16 * 32 * 32;

    /**
     * Smallest number of images per copy of the model, of any size. With fewer images, adding up the copy's gradients
     * costs more than the copy gains.
     */
    private static final long LEAST_IMAGES = 8;

    /**
     * Smallest number of images per copy of a model with ghost batch norm, whose statistics become noisier with fewer; it
     * also limits how much results depend on the number of threads.
     */
    private static final long LEAST_GHOST_IMAGES = 64;

    /** Checks the range. */
    public Execution {
        if (replicas < 0 || replicas > TorchRuntime.MOST_THREADS) {
            throw new Ascend4jException(
                    "a run expects 1 to " + TorchRuntime.MOST_THREADS + " replicas, or 0 to choose, found " + replicas);
        }
        if (exact && replicas != 1) {
            throw new Ascend4jException("an exact run expects 1 replica, found " + replicas);
        }
    }

    /**
     * Returns the arrangement for a model, with the number of replicas resolved; the model's batch norms then allow parts of a batch if the recipe does.
     *
     * @param threads the largest number of replicas if the number is not set
     * @throws Ascend4jException if the model forbids the number of replicas
     */
    public Execution forModel(ImageClassifier model, Recipe recipe, DeviceBackend device, int threads) {
        List<BatchNorm> ghosts = recipe.ghostBatchNorm() ? batchNorms(model) : List.of();
        ghosts.forEach(norm -> norm.allowParts(true));
        if (replicas == 1) {
            return this;
        }
        Optional<String> obstacle =
                device.isHost() ? model.batchObstacle() : Optional.of("another device than the CPU");
        if (replicas > 1) {
            obstacle.ifPresent(reason -> {
                throw new Ascend4jException("--replicas expects 1 with " + reason + ", found " + replicas);
            });
            return this;
        }
        long most = obstacle.isPresent() ? 1 : Math.min(threads, shares(recipe, !ghosts.isEmpty()));
        return new Execution(false, (int) Math.max(1, most));
    }

    private static List<BatchNorm> batchNorms(ImageClassifier model) {
        return model.tree().stream()
                .filter(BatchNorm.class::isInstance)
                .map(BatchNorm.class::cast)
                .toList();
    }

    /** Returns the number of parts that a batch can be split into. */
    private static long shares(Recipe recipe, boolean ghost) {
        long side = recipe.input().side(32);
        long images = Math.max(LEAST_IMAGES, LEAST_PIXELS / (side * side));
        return recipe.batchSize() / (ghost ? Math.max(LEAST_GHOST_IMAGES, images) : images);
    }
}

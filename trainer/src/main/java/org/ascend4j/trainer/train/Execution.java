package org.ascend4j.trainer.train;

import org.ascend4j.Ascend4jException;
import org.ascend4j.device.DeviceBackend;
import org.ascend4j.runtime.TorchRuntime;
import org.ascend4j.trainer.model.googlenet.GoogLeNetConfig;
import org.ascend4j.trainer.recipe.Recipe;

/**
 * How the operators of a step are arranged; results are equal to rounding.
 *
 * @param exact whether the operators are those of the article's Python in its order, so that equal libraries and threads give equal bits
 * @param replicas how many copies of the model share a batch on the CPU, each computing on its own thread
 */
public record Execution(boolean exact, int replicas) {
    /** Below these pixels, of 16 images of CIFAR-10, a copy's operators are too small to keep a processor busy. */
    private static final long LEAST_PIXELS = 16 * 32 * 32;

    /** Below these images, however large, adding up a copy's gradients costs more than the copy gains. */
    private static final long LEAST_IMAGES = 8;

    /** Checks the range. */
    public Execution {
        if (replicas < 1 || replicas > TorchRuntime.MOST_THREADS) {
            throw new Ascend4jException(
                    "a run expects 1 to " + TorchRuntime.MOST_THREADS + " replicas, found " + replicas);
        }
        if (exact && replicas > 1) {
            throw new Ascend4jException("an exact run expects 1 replica, found " + replicas);
        }
    }

    /** Returns what is fastest: on the CPU a replica for each thread, as far as the batch and the model allow. */
    public static Execution fastest(Recipe recipe, DeviceBackend device, int threads) {
        boolean splits = device.isHost() && obstacle(Models.config(recipe.model())) == null;
        return new Execution(false, splits ? (int) Math.max(1, Math.min(threads, shares(recipe))) : 1);
    }

    /** Returns into how many parts a batch can be split. */
    private static long shares(Recipe recipe) {
        long side = recipe.input().resize() == null ? 32 : recipe.input().resize();
        return recipe.batchSize() / Math.max(LEAST_IMAGES, LEAST_PIXELS / (side * side));
    }

    /** Returns a number of replicas chosen by the user. */
    public static Execution replicas(int replicas, Recipe recipe, DeviceBackend device) {
        String obstacle = device.isHost() ? obstacle(Models.config(recipe.model())) : "another device than the CPU";
        if (replicas > 1 && obstacle != null) {
            throw new Ascend4jException("--replicas expects 1 with " + obstacle + ", found " + replicas);
        }
        return new Execution(false, replicas);
    }

    /** Says what in a model makes the parts of a batch depend on each other or on the order of threads, or null. */
    private static String obstacle(GoogLeNetConfig model) {
        if (model.batchNorm()) {
            return "batch normalisation, whose statistics are the whole batch's";
        }
        return model.dropout() > 0 || model.auxiliaryHeads() ? "dropout, whose random numbers have one order" : null;
    }
}

package org.ascend4j.trainer.train;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.ascend4j.Ascend4jException;
import org.ascend4j.device.Capture;
import org.ascend4j.device.DeviceBackend;
import org.ascend4j.device.Layout;
import org.ascend4j.runtime.TorchRuntime;
import org.ascend4j.trainer.recipe.Recipe;

/**
 * Settings of one run besides those of the recipe. Start from {@link #of} and change them with the {@code with}
 * methods.
 *
 * @param recipe the recipe
 * @param globalBatch images per update of the weights, over all ranks and accumulated batches; the recipe's batch size is that of one rank's forward pass
 * @param seed the seed for weights, order, augmentation and dropout
 * @param augment whether to crop and flip training images at random
 * @param shuffle whether to shuffle training images
 * @param evaluate whether the validation images, without them the test images, are evaluated after each epoch
 * @param maxSteps the step after which the run ends before its last epoch is done; 0 for no limit
 * @param checkpointEvery steps between checkpoints besides those after each epoch; 0 for none
 * @param patience epochs in a row without a better accuracy after which the run ends; 0 for none
 * @param layout the memory format of images and weights
 * @param execution how the operators of a step are arranged; values that are not set depend on the model
 * @param capture whether steps are recorded as a graph
 * @param output the folder that the run writes to
 * @since 0.1.0
 */
@RecordBuilder
public record RunSettings(
        Recipe recipe,
        int globalBatch,
        long seed,
        boolean augment,
        boolean shuffle,
        boolean evaluate,
        long maxSteps,
        int checkpointEvery,
        int patience,
        Layout layout,
        Execution execution,
        Capture capture,
        Path output)
        implements RunSettingsBuilder.With {
    /** Checks the ranges. */
    public RunSettings {
        if (recipe.isOpen()) {
            throw new Ascend4jException("a run expects one precision, found auto; choose by Recipe.on(device)");
        }
        if (globalBatch < 1) {
            throw new Ascend4jException("a run expects 1 image or more in a step, found " + globalBatch);
        }
        if (maxSteps < 0 || checkpointEvery < 0) {
            throw new Ascend4jException("a run expects 0 or more as its last step and between checkpoints, found "
                    + maxSteps + " and " + checkpointEvery);
        }
        if (!shuffle && recipe.input().repeats() > 1) {
            throw new Ascend4jException("input.repeats expects shuffled images, found "
                    + recipe.input().repeats()
                    + " without shuffling, which would train on the first images only; set input.repeats=1");
        }
        if (patience < 0) {
            throw new Ascend4jException("a run expects a patience of 0 epochs or more, found " + patience);
        }
        if (patience > 0 && !evaluate) {
            throw new Ascend4jException("a run expects evaluations with a patience of " + patience
                    + " epochs, found none; omit --patience or --no-eval");
        }
    }

    /** Returns settings with seed 0, shuffling, augmentation, evaluations, no step limit, and the layout and precision that suit the device. */
    public static RunSettings of(Recipe recipe, DeviceBackend device, Path output) {
        Recipe own = recipe.on(device);
        return new RunSettings(
                own,
                own.batchSize(),
                0,
                true,
                true,
                true,
                0,
                0,
                0,
                device.preferredLayout(),
                Execution.FASTEST,
                Capture.AUTO,
                output);
    }

    /**
     * Returns the arrangement of the run as text, such as {@code bf16, channels_last, 2 threads, 2 replicas}; without
     * threads and replicas unless {@code host}.
     */
    public String arrangement(boolean host) {
        String memory = recipe.precision() + ", " + layout.name().toLowerCase(Locale.ROOT);
        return host
                ? memory + ", " + counted(TorchRuntime.threads(), "thread") + ", "
                        + counted(execution.replicas(), "replica")
                : memory;
    }

    private static String counted(int count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }

    /** Returns these settings with their names in {@code run.json}, and the facts of the machine and the data. */
    Map<String, Object> report(DeviceBackend device, String fit) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("device", device.spec().toString());
        map.put("threads", TorchRuntime.threads());
        map.put("replicas", execution.replicas());
        map.put("exact", execution.exact());
        map.put("capture", capture);
        map.put("layout", layout);
        map.put("augment", augment);
        map.put("shuffle", shuffle);
        map.put("fit", fit);
        map.put("evaluate", evaluate);
        map.put("max_steps", maxSteps);
        map.put("checkpoint_every", checkpointEvery);
        if (patience > 0) {
            map.put("patience", patience);
        }
        map.put("output", output.toString());
        return map;
    }
}

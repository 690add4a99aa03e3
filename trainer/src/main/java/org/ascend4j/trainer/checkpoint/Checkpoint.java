package org.ascend4j.trainer.checkpoint;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.ascend4j.state.CheckpointFile;
import org.ascend4j.state.FiniteValues;
import org.ascend4j.state.StateDict;
import org.bytedeco.pytorch.Tensor;

/**
 * The complete state of a run: one file in the safetensors layout with a checksum. The names of its tensors begin with
 * {@code model.}, {@code optimizer.} or {@code random.}.
 *
 * @param run the description of the run
 * @param position how far the run has come
 * @param model the model's parameters and buffers
 * @param optimizer the optimiser's state
 * @param random the states of the random generators: rank 0's under its device's name, those of the other ranks with {@code .rankN} appended
 * @since 0.1.0
 */
public record Checkpoint(
        RunDescription run, Position position, StateDict model, StateDict optimizer, StateDict random) {
    /** What the names of the weights' moving average begin with in {@link #optimizer}. */
    public static final String AVERAGE = "ema.";

    /** The name of the number of updates of the moving average in {@link #optimizer}: int64, one element. */
    public static final String AVERAGE_UPDATES = "ema_updates";

    /**
     * Writes the file atomically: after a crash it holds either the old or the new content.
     *
     * @param previous where to keep the old file; null to discard it
     * @throws org.ascend4j.Ascend4jException if the model holds a value that is not a number
     */
    public void write(Path file, Path previous) {
        FiniteValues.require(model);
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        model.entries().forEach((name, tensor) -> tensors.put("model." + name, tensor));
        optimizer.entries().forEach((name, tensor) -> tensors.put("optimizer." + name, tensor));
        random.entries().forEach((name, tensor) -> tensors.put("random." + name, tensor));
        CheckpointFile.write(file, tensors, CheckpointHeader.toJson(run, position), previous);
    }

    /** Reads and verifies a file; the tensors belong to the open PointerScope. */
    public static Checkpoint read(Path file) {
        CheckpointFile.Checkpoint content = CheckpointFile.read(file);
        CheckpointHeader header = CheckpointHeader.parse(file, content.json());
        StateDict tensors = content.tensors();
        return new Checkpoint(
                header.run(),
                header.position(),
                part(tensors, "model."),
                part(tensors, "optimizer."),
                part(tensors, "random."));
    }

    /** Returns the parameters and buffers that evaluations of the run use: the moving average if there is one, otherwise the model's. */
    public StateDict evaluated() {
        Tensor updates = optimizer.get(AVERAGE_UPDATES);
        if (updates == null || updates.item_long() == 0) {
            return model;
        }
        StateDict averaged = new StateDict();
        StateDict average = part(optimizer, AVERAGE);
        model.entries().forEach((name, tensor) -> {
            Tensor other = average.get(name);
            averaged.put(name, other == null ? tensor : other);
        });
        return averaged;
    }

    private static StateDict part(StateDict tensors, String prefix) {
        StateDict part = new StateDict();
        tensors.entries().forEach((name, tensor) -> {
            if (name.startsWith(prefix)) {
                part.put(name.substring(prefix.length()), tensor);
            }
        });
        return part;
    }
}

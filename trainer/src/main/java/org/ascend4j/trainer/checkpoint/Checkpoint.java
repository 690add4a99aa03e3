package org.ascend4j.trainer.checkpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.ascend4j.Ascend4jException;
import org.ascend4j.state.CheckpointFile;
import org.ascend4j.state.StateDict;
import org.bytedeco.pytorch.Tensor;

/**
 * All of a run's state: one file in the safetensors layout with a checksum, its tensors under {@code model.}, {@code optimizer.} and {@code random.}.
 *
 * @param run what was trained
 * @param position how far
 * @param model the model's parameters and buffers
 * @param optimizer the optimiser's state
 * @param random the states of the random generators: rank 0's under its device's name, those of others with {@code .rankN} behind it
 */
public record Checkpoint(
        RunDescription run, Position position, StateDict model, StateDict optimizer, StateDict random) {
    private static final int FORMAT = 1;
    private static final ObjectMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    private record Header(int format, RunDescription run, Position position) {}

    /**
     * Writes the file so that it is either the old or the new one, whatever happens.
     *
     * @param previous where the old file is kept; null not to keep it
     */
    public void write(Path file, Path previous) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        model.entries().forEach((name, tensor) -> tensors.put("model." + name, tensor));
        optimizer.entries().forEach((name, tensor) -> tensors.put("optimizer." + name, tensor));
        random.entries().forEach((name, tensor) -> tensors.put("random." + name, tensor));
        try {
            CheckpointFile.write(file, tensors, JSON.writeValueAsString(new Header(FORMAT, run, position)), previous);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("checkpoint header does not serialise", e);
        }
    }

    /** Reads and verifies a file; the tensors belong to the open PointerScope. */
    public static Checkpoint read(Path file) {
        CheckpointFile.Checkpoint content = CheckpointFile.read(file);
        Header header;
        try {
            header = JSON.readValue(content.json(), Header.class);
        } catch (JsonProcessingException e) {
            throw new Ascend4jException(
                    "checkpoint " + file + " expects the header of Ascend4J, found another: " + e.getOriginalMessage(),
                    e);
        }
        if (header.format() != FORMAT) {
            throw new Ascend4jException(
                    "checkpoint " + file + " expects format " + FORMAT + ", found " + header.format());
        }
        StateDict tensors = content.tensors();
        return new Checkpoint(
                header.run(),
                header.position(),
                part(tensors, "model."),
                part(tensors, "optimizer."),
                part(tensors, "random."));
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

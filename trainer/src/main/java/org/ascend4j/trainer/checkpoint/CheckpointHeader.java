package org.ascend4j.trainer.checkpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Collectors;
import org.ascend4j.Ascend4jException;
import org.ascend4j.Printable;
import org.ascend4j.state.DamagedCheckpointException;
import org.ascend4j.trainer.recipe.Recipe;

/**
 * The JSON header of a checkpoint, stored with its tensors.
 *
 * @param format the version of the format, which defines the meaning of the rest
 * @param run the description of the run
 * @param position how far the run has come
 */
record CheckpointHeader(int format, RunDescription run, Position position) {
    private static final int FORMAT = 1;
    private static final ObjectMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    static String toJson(RunDescription run, Position position) {
        try {
            return JSON.writeValueAsString(new CheckpointHeader(FORMAT, run, position));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("checkpoint header does not serialise", e);
        }
    }

    /**
     * Parses the text that {@link #toJson} returned.
     *
     * @throws DamagedCheckpointException if the text is not the state of a run
     * @throws Ascend4jException if it has another format version
     */
    static CheckpointHeader parse(Path file, String text) {
        try {
            JsonNode tree = JSON.readTree(text);
            JsonNode format = tree.path("format");
            if (!format.isIntegralNumber()) {
                throw unusable(file, "its format is missing");
            }
            if (format.longValue() != FORMAT) {
                throw new Ascend4jException("checkpoint " + file + " expects format " + FORMAT + ", found "
                        + Printable.of(format) + ": it is of another version of Ascend4J");
            }
            CheckpointHeader header = JSON.treeToValue(tree, CheckpointHeader.class);
            header.check(file);
            return header;
        } catch (JsonMappingException e) {
            String field = e.getPath().stream()
                    .map(JsonMappingException.Reference::getFieldName)
                    .filter(Objects::nonNull)
                    .map(Printable::of)
                    .collect(Collectors.joining("."));
            throw unusable(
                    file,
                    e.getCause() instanceof Ascend4jException problem
                            ? Printable.of(problem.getMessage())
                            : "it has no sound " + (field.isEmpty() ? "metadata" : field));
        } catch (JsonProcessingException e) {
            throw unusable(file, "its metadata are not JSON");
        }
    }

    private void check(Path file) {
        if (position == null || position.problem() != null) {
            throw unusable(file, position == null ? "it has no position" : position.problem());
        }
        Recipe recipe = run == null ? null : run.recipe();
        if (recipe == null
                || recipe.model() == null
                || recipe.optimizer() == null
                || recipe.schedule() == null
                || recipe.input() == null) {
            throw unusable(file, "its recipe is missing or incomplete");
        }
        if (run.classNames() == null
                || run.data() == null
                || Math.min(run.channels(), Math.min(run.height(), run.width())) < 1
                || Math.min(run.trainImages(), run.globalBatch()) < 0
                || run.patience() != null && run.patience() < 0) {
            throw unusable(file, "its description of the data is missing or incomplete");
        }
    }

    private static DamagedCheckpointException unusable(Path file, String problem) {
        return new DamagedCheckpointException("checkpoint " + file + " cannot be used: " + problem);
    }
}

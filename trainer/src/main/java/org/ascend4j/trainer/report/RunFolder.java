package org.ascend4j.trainer.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.ascend4j.Ascend4jException;
import org.ascend4j.FileErrors;

/**
 * What a run has left in its folder, for reports; of an older run, or of one that still goes on, some of it is missing.
 *
 * @param path the folder
 */
public record RunFolder(Path path) {
    /** A line for each step and epoch. */
    public static final String METRICS = "metrics.jsonl";

    /** Settings, versions and machine. */
    public static final String RUN = "run.json";

    /** The last evaluation: classes, confusion matrix, mistakes. */
    public static final String EVALUATION = "evaluation.json";

    /** The page that shows all of it. */
    public static final String REPORT = "report.html";

    /** A test image for the model to be tried on. */
    public static final String SAMPLE = "sample.png";

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Returns the run of a folder. */
    public static RunFolder of(Path path) {
        if (!Files.exists(path.resolve(METRICS))) {
            throw new Ascend4jException("a report expects the folder of a run, found no " + METRICS + " in " + path);
        }
        return new RunFolder(path);
    }

    /** Returns {@code name}, {@code path}, {@code run}, {@code metrics} and {@code evaluation} as the page reads them. */
    ObjectNode content() {
        ObjectNode content = outline();
        content.set("metrics", metrics());
        content.set("evaluation", optional(EVALUATION));
        return content;
    }

    /** Returns the same without metrics and evaluation. */
    ObjectNode outline() {
        ObjectNode content = JsonNodeFactory.instance.objectNode();
        content.put("name", path.toAbsolutePath().normalize().getFileName().toString());
        content.put("path", path.toString());
        content.set("run", optional(RUN));
        content.putArray("metrics");
        content.putNull("evaluation");
        return content;
    }

    private ArrayNode metrics() {
        ArrayNode lines = JsonNodeFactory.instance.arrayNode();
        try {
            for (String line : Files.readAllLines(path.resolve(METRICS))) {
                JsonNode parsed = parse(line);
                if (parsed != null) {
                    lines.add(parsed);
                }
            }
        } catch (IOException e) {
            throw cannotRead(METRICS, e);
        }
        return lines;
    }

    /** Returns null for a line that a crash has cut short. */
    static JsonNode parse(String line) {
        try {
            JsonNode parsed = JSON.readTree(line);
            return parsed.isObject() ? parsed : null;
        } catch (IOException e) {
            return null;
        }
    }

    private JsonNode optional(String name) {
        Path file = path.resolve(name);
        try {
            return Files.exists(file) ? JSON.readTree(file.toFile()) : JsonNodeFactory.instance.nullNode();
        } catch (IOException e) {
            throw cannotRead(name, e);
        }
    }

    private Ascend4jException cannotRead(String name, IOException e) {
        return new Ascend4jException(
                "a report expects to read " + path.resolve(name) + ", found: " + FileErrors.reason(e), e);
    }
}

package org.ascend4j.trainer.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.ascend4j.Ascend4jException;
import org.ascend4j.FileErrors;
import org.ascend4j.state.AtomicFile;

/**
 * The files in a run's folder, for reports. Some are missing in the folder of an older run or of a run that has not
 * ended.
 *
 * @param path the folder
 * @since 0.1.0
 */
public record RunFolder(Path path) {
    /** File with one line for each step and epoch. */
    public static final String METRICS = "metrics.jsonl";

    /** File with the settings, versions and machine. */
    public static final String RUN = "run.json";

    /** File with the last evaluation: classes, confusion matrix, mistakes. */
    public static final String EVALUATION = "evaluation.json";

    /** Page that shows the run. */
    public static final String REPORT = "report.html";

    /** Test image for trying out the model. */
    public static final String SAMPLE = "sample.png";

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Returns the files of the run in a folder. */
    public static RunFolder of(Path path) {
        if (!Files.exists(path.resolve(METRICS))) {
            throw new Ascend4jException("a report expects the folder of a run, found no " + METRICS + " in " + path);
        }
        return new RunFolder(path);
    }

    /** Returns {@code name}, {@code path}, {@code run}, {@code metrics} and {@code evaluation} in the form that the page's script expects. */
    ObjectNode content() {
        ObjectNode content = outline();
        content.set("metrics", metrics());
        content.set("evaluation", optional(EVALUATION));
        return content;
    }

    /** Returns the content without metrics and evaluation. */
    ObjectNode outline() {
        ObjectNode content = JsonNodeFactory.instance.objectNode();
        content.put("name", path.toAbsolutePath().normalize().getFileName().toString());
        content.put("path", path.toString());
        content.set("run", optional(RUN));
        content.putArray("metrics");
        content.putNull("evaluation");
        return content;
    }

    /** Writes a text file atomically, because a page can read it at any time and a run can be killed. */
    static void write(Path file, String text) {
        AtomicFile.write(file, channel -> {
            ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        });
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

    /** Parses a line; returns null if a crash truncated it. */
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

package org.ascend4j.trainer.report;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.ascend4j.Ascend4jException;
import org.ascend4j.FileErrors;
import org.ascend4j.trainer.progress.EpochMetrics;
import org.ascend4j.trainer.progress.Evaluation;
import org.ascend4j.trainer.progress.StepMetrics;
import org.ascend4j.trainer.progress.TrainingListener;

/**
 * Writes {@code metrics.jsonl}: one JSON object a line, one line per step and one per epoch, and with validation images a last one of the test images.
 *
 * @since 0.1.0
 */
public final class MetricsFile implements TrainingListener, AutoCloseable {
    private static final ObjectMapper JSON = JsonMapper.builder().build();

    @JsonPropertyOrder({"final", "epoch", "test_loss", "test_accuracy"})
    private record FinalLine(
            @JsonProperty("final") boolean last,
            int epoch,
            @JsonProperty("test_loss") double testLoss,
            @JsonProperty("test_accuracy") double testAccuracy) {}

    private final Path file;
    private final BufferedWriter out;

    private MetricsFile(Path file, BufferedWriter out) {
        this.file = file;
        this.out = out;
    }

    /**
     * Opens the file and keeps its lines of steps up to {@code lastStep} and of epochs up to {@code lastEpoch}. The
     * later lines of a killed run are removed, because those steps will be computed again.
     */
    public static MetricsFile open(Path file, long lastStep, int lastEpoch) {
        try {
            List<String> kept = new ArrayList<>();
            if (lastStep > 0 && Files.exists(file)) {
                for (String line : Files.readAllLines(file)) {
                    if (belongs(line, lastStep, lastEpoch)) {
                        kept.add(line);
                    }
                }
            }
            Files.write(file, kept);
            return new MetricsFile(file, Files.newBufferedWriter(file, StandardOpenOption.APPEND));
        } catch (IOException e) {
            throw cannotWrite(file, e);
        }
    }

    private static boolean belongs(String line, long lastStep, int lastEpoch) {
        try {
            JsonNode node = JSON.readTree(line);
            if (node.has("final")) {
                // The run tests its best weights again.
                return false;
            }
            return node.has("step")
                    ? node.get("step").asLong() <= lastStep
                    : node.has("epoch") && node.get("epoch").asInt() <= lastEpoch;
        } catch (IOException e) {
            // The line was truncated by a crash.
            return false;
        }
    }

    @Override
    public void stepsDone(List<StepMetrics> steps) {
        steps.forEach(this::write);
        flush();
    }

    @Override
    public void epochDone(EpochMetrics epoch) {
        write(epoch);
        flush();
    }

    @Override
    public void tested(int epoch, Evaluation evaluation) {
        write(new FinalLine(true, epoch, evaluation.loss(), evaluation.accuracy()));
        flush();
    }

    /** Passes all lines to the operating system, so that no checkpoint is ahead of this file. */
    private void flush() {
        try {
            out.flush();
        } catch (IOException e) {
            throw cannotWrite(file, e);
        }
    }

    private void write(Object line) {
        try {
            out.write(JSON.writeValueAsString(line));
            out.write('\n');
        } catch (IOException e) {
            throw cannotWrite(file, e);
        }
    }

    @Override
    public void close() {
        try {
            out.close();
        } catch (IOException e) {
            throw cannotWrite(file, e);
        }
    }

    private static Ascend4jException cannotWrite(Path file, IOException e) {
        return new Ascend4jException(
                "metrics file " + file + " cannot be written: " + FileErrors.reason(e)
                        + "; set --output to a writable folder with free space",
                e);
    }
}

package org.ascend4j.trainer.tune;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.ascend4j.Ascend4jException;
import org.ascend4j.FileErrors;
import org.ascend4j.Printable;
import org.ascend4j.state.AtomicFile;

/** The files of a search, from which it goes on: {@code tune.json} with its settings and plan, and {@code trials.jsonl} with a line for each finished rung of a trial. */
final class TuneFiles {
    static final String PLAN = "tune.json";
    static final String TRIALS = "trials.jsonl";
    static final String PAGE = "tune.html";
    static final String BEST = "best.yaml";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PLAN_FIELD = "plan";

    private final Path folder;
    private final List<TrialResult> results = new ArrayList<>();

    private TuneFiles(Path folder) {
        this.folder = folder;
    }

    /** Creates the folder if necessary and reads the results in it. */
    static TuneFiles open(Path folder) {
        TuneFiles files = new TuneFiles(folder);
        try {
            Files.createDirectories(folder);
            AtomicFile.deleteLeftovers(folder, List.of(PLAN, TRIALS, PAGE, BEST));
            if (Files.exists(files.trials())) {
                for (String line : Files.readAllLines(files.trials())) {
                    files.results.add(JSON.readValue(line, TrialResult.class));
                }
            }
        } catch (JsonProcessingException e) {
            throw new Ascend4jException(
                    files.trials() + " expects a JSON object of a trial in each line, found another line; set --output"
                            + " to another folder",
                    e);
        } catch (IOException e) {
            throw FileErrors.cannotRead(files.trials(), e);
        }
        return files;
    }

    /**
     * Returns the plan of the search in the folder; empty if there is none.
     *
     * @param settings what determines the search
     * @throws Ascend4jException if the search in the folder has other settings
     */
    Optional<TunePlan> plan(ObjectNode settings) {
        Path file = folder.resolve(PLAN);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            JsonNode saved = JSON.readTree(file.toFile());
            // Both as they are read: a number that was written as 1.0 may be an integer here.
            JsonNode now = JSON.readTree(JSON.writeValueAsString(settings));
            now.fieldNames().forEachRemaining(name -> requireSame(name, saved.path(name), now.get(name)));
            return Optional.of(JSON.treeToValue(saved.path(PLAN_FIELD), TunePlan.class));
        } catch (IOException e) {
            throw FileErrors.cannotRead(file, e);
        }
    }

    private void requireSame(String name, JsonNode saved, JsonNode now) {
        if (saved.isObject() && now.isObject()) {
            now.fieldNames().forEachRemaining(part -> requireSame(name + "." + part, saved.path(part), now.get(part)));
        } else if (!Objects.equals(saved, now)) {
            throw new Ascend4jException("output folder " + folder + " expects the settings of the search in it to go"
                    + " on, " + Printable.of(name) + " " + Printable.of(saved) + ", found " + Printable.of(now)
                    + "; set --output to another folder for a new search");
        }
    }

    /** Writes settings and plan. */
    void save(ObjectNode settings, TunePlan plan) {
        ObjectNode tree = settings.deepCopy();
        tree.set(PLAN_FIELD, JSON.valueToTree(plan));
        write(PLAN, tree.toPrettyString() + "\n");
    }

    /** Returns the results of all rungs so far. */
    List<TrialResult> results() {
        return List.copyOf(results);
    }

    /** Returns the result of a trial in a rung; empty if it has not finished. */
    Optional<TrialResult> result(int trial, int rung) {
        return results.stream()
                .filter(result -> result.trial() == trial && result.rung() == rung)
                .findFirst();
    }

    /** Adds a line. The whole file is replaced, so that a crash leaves no half line. */
    void add(TrialResult result) {
        results.add(result);
        StringBuilder lines = new StringBuilder();
        try {
            for (TrialResult line : results) {
                lines.append(JSON.writeValueAsString(line)).append('\n');
            }
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a result does not serialise", e);
        }
        write(TRIALS, lines.toString());
    }

    /** Writes a text file atomically. */
    void write(String name, String text) {
        AtomicFile.write(folder.resolve(name), channel -> {
            ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        });
    }

    private Path trials() {
        return folder.resolve(TRIALS);
    }
}

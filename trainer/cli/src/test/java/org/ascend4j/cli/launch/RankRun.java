package org.ascend4j.cli.launch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** Runs the command line in separate processes, with images and settings for which rounding errors do not grow. */
final class RankRun {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;
    private final String name;
    private final Process process;

    private RankRun(Path folder, String name, Process process) {
        this.folder = folder;
        this.name = name;
        this.process = process;
    }

    /** Starts {@code ascend4j train --output FOLDER/NAME} with further options; its output goes to FOLDER/NAME.log. */
    static RankRun start(Path folder, String name, String options) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                // As in the launcher: Java does little except calling libtorch.
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "org.ascend4j.cli.Main",
                "train"));
        command.addAll(List.of(
                ("--data shapes:60,10 --initialisation xavier --max-lr 0.002 --layout contiguous --no-augment --threads 1"
                                + " --seed 3 --eval-batch-size 4 --log-every 1 --output " + folder.resolve(name))
                        .split(" ")));
        // A resumed run uses the checkpoint's recipe.
        if (!options.contains("--resume")) {
            command.addAll(List.of("--recipe", "ascend", "--set", "model.width=0.25"));
        }
        command.addAll(List.of(options.split(" ")));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(name + ".log").toFile());
        builder.environment().put("OMP_NUM_THREADS", "1");
        return new RankRun(folder, name, builder.start());
    }

    /** Runs to the end and returns the exit code. */
    static int run(Path folder, String name, String options) throws IOException, InterruptedException {
        return start(folder, name, options).exitCode();
    }

    int exitCode() throws InterruptedException {
        try {
            if (!process.waitFor(4, TimeUnit.MINUTES)) {
                throw new AssertionError("the run does not end: " + log());
            }
            return process.exitValue();
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    Process process() {
        return process;
    }

    String log() {
        try {
            return Files.readString(folder.resolve(name + ".log"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** Waits until the ranks have printed a line that contains {@code text}. */
    RankRun until(String text) throws InterruptedException {
        return until(() -> log().contains(text));
    }

    RankRun until(BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
        while (!condition.getAsBoolean()) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
                throw new AssertionError("the run has not come so far: " + log());
            }
            Thread.sleep(20);
        }
        return this;
    }

    /** Returns the live rank processes in the order of their start. */
    List<ProcessHandle> ranks() {
        try (Stream<ProcessHandle> children = process.children()) {
            return children.sorted(Comparator.comparing(ProcessHandle::pid)).toList();
        }
    }

    static void signal(String name, ProcessHandle target) throws IOException, InterruptedException {
        new ProcessBuilder("sh", "-c", "kill -" + name + " " + target.pid())
                .start()
                .waitFor();
    }

    /** Returns the losses of a run's steps, in order. */
    static List<Double> losses(Path run) throws IOException {
        return lines(run, "step").stream()
                .map(line -> line.get("loss").asDouble())
                .toList();
    }

    /** Returns a run's metrics lines of epochs. */
    static List<JsonNode> epochs(Path run) throws IOException {
        return lines(run, "test_accuracy");
    }

    private static List<JsonNode> lines(Path run, String field) throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(run.resolve("metrics.jsonl"))) {
            JsonNode node = JSON.readTree(line);
            if (node.has(field)) {
                lines.add(node);
            }
        }
        return lines;
    }
}

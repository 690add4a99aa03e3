package org.ascend4j.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.ascend4j.cli.bench.Benchmark;
import org.ascend4j.cli.bench.Measurement;
import org.ascend4j.cli.help.HelpGroup;
import org.ascend4j.device.DeviceBackend;
import org.ascend4j.trainer.model.ModelPath;
import org.ascend4j.trainer.recipe.Recipe;
import org.ascend4j.trainer.recipe.Recipes;
import org.ascend4j.trainer.train.RunSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ascend4j bench}: measures how fast this machine trains and evaluates. */
@Command(
        name = "bench",
        description = "Measures the speed of training and evaluation on generated images for a few seconds.",
        sortOptions = false,
        footer = {"", "Example: ./ascend4j bench --recipe fast --steps 50"},
        mixinStandardHelpOptions = true)
@HelpGroup.In(HelpGroup.FIRST)
final class BenchCommand implements Runnable {
    private static final int MOST_STEPS = 100_000;
    private static final int MOST_IMAGES = 500_000;

    @Spec
    private CommandSpec spec;

    @Mixin
    private RecipeOptions recipeOptions;

    @Mixin
    private ModelOptions modelOptions;

    @Mixin
    private DeviceOptions deviceOptions;

    @Mixin
    private ExecutionOptions executionOptions;

    @Option(
            names = "--steps",
            paramLabel = "N",
            defaultValue = "30",
            description = "Number of training steps measured, after a few warm-up steps (default: ${DEFAULT-VALUE}).")
    private int steps;

    @Option(
            names = "--eval-images",
            paramLabel = "N",
            defaultValue = "2000",
            description = "Number of images evaluated (default: ${DEFAULT-VALUE}).")
    private int images;

    @Option(names = "--resize", paramLabel = "N", description = "Enlarge the 32x32 images to N x N pixels.")
    private Integer resize;

    @Option(names = "--json", description = "Print JSON instead of a table.")
    private boolean json;

    @Override
    public void run() {
        executionOptions.check(spec.commandLine());
        OptionRange.check(spec.commandLine(), "--steps", steps, 1, MOST_STEPS);
        OptionRange.check(spec.commandLine(), "--eval-images", images, 1, MOST_IMAGES);
        try (ModelPath models = modelOptions.open(spec.commandLine());
                DeviceBackend device = deviceOptions.open()) {
            print(measure(device));
        }
    }

    private Measurement measure(DeviceBackend device) {
        Map<String, String> overrides = modelOptions.overrides();
        if (resize != null) {
            overrides.put("input.resize", resize.toString());
        }
        // So many epochs that the step limit ends the run.
        overrides.putIfAbsent("epochs", "1000000");
        Recipe recipe = recipeOptions.resolve(Recipes.tree("ascend"), overrides);
        Path output = temporaryFolder();
        try {
            RunSettings settings = RunSettings.of(recipe, device, output)
                    .withEvaluate(false)
                    .withMaxSteps(steps)
                    .withLayout(deviceOptions.layout(device))
                    .withExecution(executionOptions.execution())
                    .withCapture(executionOptions.capture());
            return new Benchmark(settings, device, images).run();
        } finally {
            delete(output);
        }
    }

    private static Path temporaryFolder() {
        try {
            return Files.createTempDirectory("ascend4j-bench");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void print(Measurement found) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(json ? json(found) : String.join(System.lineSeparator(), table(found)));
        out.flush();
    }

    private static String json(Measurement found) {
        try {
            return JsonMapper.builder()
                    .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .build()
                    .writeValueAsString(found);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> table(Measurement found) {
        return List.of(
                line("Device", "%s, %s", found.device(), found.precision()),
                line(
                        "Arrangement",
                        "%d threads, %d replicas, batch %d",
                        found.threads(),
                        found.replicas(),
                        found.batch()),
                line(
                        "Training",
                        "%.0f img/s, %.1f ms a step",
                        found.trainImagesPerSecond(),
                        1000 * found.batch() / found.trainImagesPerSecond()),
                line("Evaluation", "%.0f img/s", found.evaluationImagesPerSecond()),
                line(
                        "Arithmetic",
                        "%.0f GFLOP/s, %.0f %% of a matrix product's %.0f",
                        found.trainFlops() / 1e9,
                        100 * found.peakFraction(),
                        found.matrixFlops() / 1e9),
                line("First step", "%.1f s after the start of Java", found.firstStepSeconds()),
                line("Resident set", "%d MiB at most", found.peakResidentMebibytes()));
    }

    private static String line(String name, String format, Object... values) {
        return String.format(
                Locale.ROOT,
                "%-13s " + format,
                Stream.concat(Stream.of(name), Stream.of(values)).toArray());
    }
}

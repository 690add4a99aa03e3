package org.ascend4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the command line from the user's side, in this process. */
class CommandLineTest {
    private static final String TINY =
            "train --recipe ascend --data shapes:24,8 --batch-size 8 --epochs 1 --max-lr 0.005 --threads 1 --output ";

    @TempDir
    private Path folder;

    private String out;
    private String err;

    @Test
    void helpAndVersionAreNoFailure() {
        assertThat(run("--help")).isZero();
        assertThat(out).contains("train", "evaluate", "predict", "summary", "doctor", "130,143");
        assertThat(run("--version")).isZero();
        assertThat(out).startsWith("Ascend4J ").contains("2.7.1-1.5.12");
        assertThat(run("train --help")).isZero();
        assertThat(out).contains("--recipe", "--resume", "--checkpoint-every", "--no-augment", "--device");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|expected a command, found none",
                "trian|Unmatched argument",
                "train --epoch 3|Unknown options: '--epoch', '3'",
                "train --max-steps many|Invalid value for option '--max-steps'",
                "train --max-steps 0|--max-steps expects 1 or more, found 0",
                "train --resume a.ckpt --init b.pt|--init expects a fresh start, found --resume a.ckpt",
                "train --accumulate 2147483647|--accumulate expects at most 100000, found 2147483647",
                "train --replicas 1000000|--replicas expects at most 1024, found 1000000",
                "train --output=|--output expects a folder, found ''",
                "train --checkpoint-every -1|--checkpoint-every expects 0 or more, found -1",
                "train --patience -1|--patience expects 0 or more, found -1",
                "train --patience 3 --no-eval|--patience expects evaluations, found --no-eval beside it",
                "train --validate 0.1 --no-eval|--validate expects evaluations, found --no-eval beside it",
                "train --log-every 0|--log-every expects 1 or more, found 0",
                "train --resume auto|--resume auto expects --output to name the run's folder",
                "train --layout sideways|Invalid value for option '--layout'",
                "evaluate|Missing required option: '--checkpoint=FILE'",
                "tune --data shapes|Missing required option: '--minutes=N'",
                "tune --minutes 0|--minutes expects a number above 0, at most 100000, found 0.0",
                "tune --minutes 1 --trials 1|--trials expects 2 or more, found 1",
                "predict --checkpoint x|Missing required parameter: 'IMAGE'",
                "predict --checkpoint x --top 0 a.png|--top expects 1 or more, found 0",
            })
    void wrongUsageExitsWith2(String arguments, String sentence) {
        assertThat(run(arguments)).isEqualTo(2);
        assertThat(err).contains(sentence).doesNotContain("\tat ");
    }

    @Test
    void wrongUsageLeavesItsSentenceOnTheScreen() {
        assertThat(run("train --epoch 3")).isEqualTo(2);
        assertThat(err.lines())
                .containsExactly(
                        "ascend4j: Unknown options: '--epoch', '3'",
                        "Possible solutions: --epochs",
                        "'ascend4j train --help' lists the options.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "train --device tpu|device expects cpu, cuda, cuda:N, npu or npu:N, found 'tpu'",
                "train --device cuda|device cuda:0 expects --torch-home or ASCEND4J_TORCH_HOME to name a Python environment",
                "train --threads 0|threads expects a positive number, found 0",
                "train --threads 100000|threads expects at most 1024, found 100000",
                "train --data /no/such/folder|data expects ",
                "train --data shapes:1|shapes expects shapes:TRAIN,TEST with 1 to 500000 images each, found 'shapes:1'",
                "train --recipe ascned|recipe expects ascend, ascend-verbatim, best, fashion, fast, quick, shapes or a YAML file",
                "train --epochs 0|epochs expects at least 1, found 0",
                "train --batch-size ten|recipe setting 'batch_size' does not fit",
                "train --validate 1.5|--validate expects a share of the training images between 0 and 1, split, or a folder",
                "train --validate /no/such/folder|--validate expects a share",
                "train --class-weights 1,-2|class_weights expects a positive number, found -2",
                "train --class-weights even|class_weights expects balanced, or a positive number for each class, found",
                "train --lr -1|optimizer.lr expects a number of at least 0, found -1",
                "train --set optimizer.speed=1|recipe has no setting 'optimizer.speed'",
                "train --set .=1|a setting expects a name such as schedule.max_lr, found '.'",
                "train --set model.outputs=2147483647|model.outputs expects at most 1000000, found 2147483647",
                "summary --classes 2147483647|model.outputs expects at most 1000000, found 2147483647",
                "train --resume /no/such/last.ckpt|cannot read /no/such/last.ckpt",
                "evaluate --checkpoint /no/such/last.ckpt|cannot read /no/such/last.ckpt",
                "tune --minutes 1 --data shapes:24,8 --search epochs=1,2|--search expects a setting that differs between trials",
                "tune --minutes 1 --data shapes:24,8 --search optimizer.speed=1,2|recipe has no setting 'optimizer.speed'",
            })
    void failuresAreOneSentenceAndExitWith1(String arguments, String sentence) {
        assertThat(run(arguments)).isEqualTo(1);
        assertThat(err).startsWith("ascend4j: ").contains(sentence).doesNotContain("\tat ");
        assertThat(err.lines()).hasSize(1);
        assertThat(out).isEmpty();
    }

    @Test
    void anAutomaticPrecisionIsChosenAndKept() throws IOException {
        Path output = folder.resolve("auto");
        assertThat(run(TINY + output + " --max-steps 1 --precision auto")).isZero();
        String chosen = new ObjectMapper()
                .readTree(output.resolve("run.json").toFile())
                .findValue("precision")
                .asText();
        assertThat(chosen).isIn("fp32", "bf16");
        assertThat(out).contains(" processors): " + chosen + ", channels_last, ");
        assertThat(run("train --threads 1 --max-steps 2 --resume " + output.resolve("last.ckpt")))
                .isZero();
        assertThat(out).contains(" processors): " + chosen + ", channels_last, ");
    }

    @Test
    void aRunIsEvaluatedPredictedAndResumed() throws IOException {
        Path output = folder.resolve("run");
        assertThat(run(TINY + output + " --max-steps 2 --log-every 1 --seed 3")).isZero();
        assertThat(out.lines().toList().get(0))
                .matches("On CPU \\(.*, [0-9]+ processors\\): fp32, channels_last, 1 thread, 1 replica");
        assertThat(out.lines().toList().get(1))
                .matches("\\[Epoch 1, Iteration 1\\] loss: [0-9.]+  lr: [0-9.]+  [0-9]+ img/s  ETA [0-9.]+ s");
        assertThat(out).endsWith("Results are in " + output + System.lineSeparator());

        assertThat(run("evaluate --threads 1 --checkpoint " + output.resolve("last.ckpt")))
                .isZero();
        double accuracy = metrics(output).get(2).get("test_accuracy").asDouble();
        assertThat(out)
                .startsWith(String.format("Accuracy %.2f%% (%.0f of 8), loss ", 100 * accuracy, 8 * accuracy))
                .contains("class         images   recall", "actual ", "circle ");

        Path png = folder.resolve("image.png");
        ImageIO.write(new BufferedImage(50, 40, BufferedImage.TYPE_INT_RGB), "png", png.toFile());
        Path missing = folder.resolve("missing.png");
        String checkpoint = " --threads 1 --checkpoint " + output.resolve("last.ckpt") + " ";
        assertThat(run("predict" + checkpoint + missing + " " + png)).isEqualTo(1);
        assertThat(err).isEqualTo("ascend4j: image " + missing + " does not exist\n");
        assertThat(out.lines()).hasSize(6).first().isEqualTo(png.toString());
        assertThat(out.lines().skip(1)).allMatch(line -> line.matches(" +[0-9.]+%  [a-z]+"));
        assertThat(run("predict --json --top 10" + checkpoint + png)).isZero();
        JsonNode candidates = new ObjectMapper().readTree(out).get("candidates");
        assertThat(candidates.findValuesAsText("label")).hasSize(10).doesNotHaveDuplicates();
        assertThat(candidates.findValues("probability").stream()
                        .mapToDouble(JsonNode::asDouble)
                        .sum())
                .isCloseTo(1, within(1e-6));

        // Recipe, data and seed come from the checkpoint, so nothing has changed and there is no warning.
        assertThat(run("train --threads 1 --quiet --resume " + output.resolve("last.ckpt")))
                .isZero();
        assertThat(out).startsWith("Done after 3 steps (1 epochs, ").contains("best test accuracy");
        assertThat(out.lines()).hasSize(1);
        assertThat(err).doesNotContain("WARN");
        assertThat(metrics(output)).hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--resume auto", "--resume=auto", "--resume"})
    void resumingAutomaticallyStartsAfreshWithoutACheckpoint(String resume) throws IOException {
        Path output = folder.resolve("run");
        assertThat(run(TINY + output + " --no-eval --max-steps 1 " + resume)).isZero();
        assertThat(run(TINY + output + " --no-eval --max-steps 2 " + resume)).isZero();
        assertThat(metrics(output).stream().filter(line -> line.has("step")).map(line -> line.get("step")
                        .asInt()))
                .containsExactly(1, 2);
        assertThat(output.resolve("previous-1")).doesNotExist();
    }

    @Test
    void learningRateAndMomentumMeanWhatTheySay() throws IOException {
        // With a one-cycle schedule, --lr sets the peak, of which the first step has one 25th, and --momentum disables
        // the momentum cycle.
        assertThat(firstStep("--max-lr 0.5")).containsExactly(0.02, 0.95);
        assertThat(firstStep("--lr 0.25")).containsExactly(0.01, 0.95);
        assertThat(firstStep("--lr 0.25 --max-lr 0.5 --momentum 0.8")).containsExactly(0.02, 0.8);
        assertThat(firstStep("--set schedule.type=constant --lr 0.25 --momentum 0.8"))
                .containsExactly(0.25, 0.8);
    }

    private List<Double> firstStep(String options) throws IOException {
        Path output = folder.resolve("rates");
        assertThat(run(
                        "train --recipe ascend --data shapes:8,8 --batch-size 4 --epochs 10 --max-steps 1 --no-eval --threads 1 --quiet "
                                + options + " --output " + output))
                .isZero();
        JsonNode step = metrics(output).get(0);
        double rate = Math.round(step.get("lr").asDouble() * 1e12) / 1e12;
        return List.of(rate, step.get("momentum").asDouble());
    }

    @Test
    @Tag("slow")
    void aSearchWritesARecipeThatTrainTakes() throws IOException {
        Path output = folder.resolve("search");
        String search = "tune --recipe ascend --data shapes:40,8 --batch-size 8 --epochs 2 --threads 1 --minutes 100"
                + " --trials 3 --output " + output;
        assertThat(run(search)).isZero();
        List<String> lines = Files.readAllLines(output.resolve("trials.jsonl"));
        JsonNode best = new ObjectMapper().readTree(lines.get(lines.size() - 1));
        assertThat(out.lines())
                .contains("Trial  Rung   Steps  Accuracy  Settings", "See it:  " + output.resolve("tune.html"))
                .anyMatch(line -> line.startsWith("Rung 1, trial 3, schedule.max_lr "))
                .last()
                .isEqualTo("Use it:  ./ascend4j train --recipe " + output.resolve("best.yaml") + " --data shapes:40,8");
        assertThat(run(search)).isZero();
        assertThat(Files.readAllLines(output.resolve("trials.jsonl"))).isEqualTo(lines);
        assertThat(run(search + " --seed 1")).isEqualTo(1);
        assertThat(err).contains(" expects the settings of the search in it to go on, seed 0, found 1; ");
        Path trained = folder.resolve("trained");
        assertThat(run("train --recipe " + output.resolve("best.yaml")
                        + " --data shapes:40,8 --threads 1 --max-steps 1 --no-eval --output " + trained))
                .isZero();
        JsonNode recipe = new ObjectMapper()
                .readTree(trained.resolve("run.json").toFile())
                .at("/run/recipe");
        assertThat(recipe.at("/schedule/max_lr").asDouble())
                .isEqualTo(best.at("/settings").get("schedule.max_lr").asDouble());
        assertThat(recipe.get("batch_size").asInt()).isEqualTo(8);
        assertThat(recipe.get("epochs").asInt()).isEqualTo(2);
    }

    private static List<JsonNode> metrics(Path output) throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(output.resolve("metrics.jsonl"))) {
            lines.add(new ObjectMapper().readTree(line));
        }
        return lines;
    }

    private int run(String arguments) {
        PrintStream systemOut = System.out;
        PrintStream systemErr = System.err;
        ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
        ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
        System.setOut(new PrintStream(outBytes, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(errBytes, true, StandardCharsets.UTF_8));
        try {
            return Main.execute(arguments.isEmpty() ? new String[0] : arguments.split(" "));
        } finally {
            System.setOut(systemOut);
            System.setErr(systemErr);
            out = outBytes.toString(StandardCharsets.UTF_8);
            err = errBytes.toString(StandardCharsets.UTF_8);
        }
    }
}

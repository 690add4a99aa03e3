package org.ascend4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests a job as ModelArts starts it: the platform's variables, folders in variables or appended parameters, a second start after a fault. */
class ModelArtsOptionsTest {
    private static final String TINY =
            "train --recipe ascend --batch-size 8 --epochs 1 --max-lr 0.005 --threads 1 --no-eval --seed 3 --max-steps ";

    @TempDir
    private Path folder;

    private final Map<String, String> environment = new HashMap<>(Map.of("MA_JOB_DIR", "/home/ma-user"));
    private String out;
    private String err;

    @Test
    void foldersComeFromAppendedParameters() throws IOException {
        Path output = folder.resolve("train_url_0");
        assertThat(run(TINY + "1 --data_url=shapes:24,8 --train_url=" + output)).isZero();
        assertThat(out).endsWith("Results are in " + output + System.lineSeparator());
        assertThat(steps(output)).containsExactly(1);
    }

    @Test
    void foldersComeFromVariables() throws IOException {
        Path output = folder.resolve("train_url_0");
        environment.put("data_url", "shapes:24,8");
        environment.put("train_url", output.toString());
        assertThat(run(TINY + 1)).isZero();
        assertThat(steps(output)).containsExactly(1);
    }

    @Test
    void whatTheUserWritesWins() throws IOException {
        Path output = folder.resolve("mine");
        environment.put("train_url", folder.resolve("variable").toString());
        assertThat(run(TINY + "1 --data shapes:24,8 --output " + output + " --data_url=/no/such/folder --train_url="
                        + folder.resolve("parameter")))
                .isZero();
        assertThat(steps(output)).containsExactly(1);
        assertThat(folder.toFile().list()).hasSize(1);
    }

    @Test
    void aContainerMadeAnewGoesOn() throws IOException {
        Path output = folder.resolve("train_url_0");
        String job = " --data_url=shapes:24,8 --train_url=" + output;
        assertThat(run(TINY + 1 + job)).isZero();
        assertThat(out).doesNotContain("Going on");
        assertThat(run(TINY + 2 + job)).isZero();
        assertThat(out).startsWith("Resuming from " + output.resolve("last.ckpt") + System.lineSeparator());
        assertThat(steps(output)).containsExactly(1, 2);
        assertThat(run(TINY + 1 + job + " --resume none")).isZero();
        assertThat(steps(output)).containsExactly(1);
        assertThat(steps(output.resolve("previous-1"))).containsExactly(1, 2);
    }

    @Test
    void elsewhereARunNeitherGoesOnNorReadsVariables() throws IOException {
        environment.clear();
        environment.put("data_url", "/no/such/folder");
        Path output = folder.resolve("run");
        String job = " --data shapes:24,8 --train_url " + output;
        assertThat(run(TINY + 1 + job)).isZero();
        assertThat(run(TINY + 1 + job)).isZero();
        assertThat(output.resolve("previous-1")).exists();
    }

    @Test
    void appendedArgumentsAreNamedAndIgnored() throws IOException {
        Path output = folder.resolve("run");
        assertThat(run(TINY + "1 --data shapes:24,8 --output " + output + " --num_gpus=8 --extra value"))
                .isZero();
        assertThat(err.lines())
                .filteredOn(line -> line.startsWith("ascend4j: "))
                .containsExactly("ascend4j: ignoring unknown arguments of train: --num_gpus=8 --extra value");
        assertThat(steps(output)).containsExactly(1);
        assertThat(run("train --num_gpus=8 --max-steps many")).isEqualTo(2);
        environment.clear();
        assertThat(run("train --num_gpus=8")).isEqualTo(2);
        assertThat(err).contains("Unknown option: '--num_gpus=8'");
    }

    @Test
    void aCommandThatDoesNotExistIsStillWrongUsage() {
        assertThat(run("trian --data shapes")).isEqualTo(2);
        assertThat(run("train --resume auto")).isEqualTo(2);
        assertThat(err).contains("--resume auto expects --output to name the run's folder");
    }

    @Test
    void volcanosVariablesTellOfThePlatformToo() {
        assertThat(new ModelArtsOptions(Map.of("VC_TASK_INDEX", "0")).isHere()).isTrue();
        assertThat(new ModelArtsOptions(Map.of("HOME", "/root", "MAKEFLAGS", "")).isHere())
                .isFalse();
    }

    private static List<Integer> steps(Path output) throws IOException {
        return Files.readAllLines(output.resolve("metrics.jsonl")).stream()
                .filter(line -> line.startsWith("{\"step\":"))
                .map(line -> Integer.valueOf(line.replaceAll("^\\{\"step\":(\\d+),.*", "$1")))
                .toList();
    }

    private int run(String arguments) {
        PrintStream systemOut = System.out;
        PrintStream systemErr = System.err;
        ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
        ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
        System.setOut(new PrintStream(outBytes, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(errBytes, true, StandardCharsets.UTF_8));
        try {
            return Main.execute(environment, arguments.split(" "));
        } finally {
            System.setOut(systemOut);
            System.setErr(systemErr);
            out = outBytes.toString(StandardCharsets.UTF_8);
            err = errBytes.toString(StandardCharsets.UTF_8);
        }
    }
}

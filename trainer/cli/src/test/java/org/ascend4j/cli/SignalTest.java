package org.ascend4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.ascend4j.device.DeviceBackend;
import org.ascend4j.nativelib.support.ChildJvm;
import org.ascend4j.nativelib.support.Prerequisite;
import org.ascend4j.nativelib.support.Requires;
import org.ascend4j.trainer.checkpoint.Checkpoint;
import org.ascend4j.trainer.train.RunSettings;
import org.ascend4j.trainer.train.TinyRun;
import org.bytedeco.javacpp.PointerScope;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests signals to a real process: it finishes its step, writes its checkpoint and exits with the signal's code. */
@Tag("slow")
class SignalTest {
    @TempDir
    private Path folder;

    @Test
    void sigtermLeavesACheckpointThatGoesOnToTheSameBits() throws Exception {
        assertThat(train("TERM")).isEqualTo(143);
        try (DeviceBackend cpu = TinyRun.cpu()) {
            long end = stoppedAt() + 2;
            RunSettings settings = settings(cpu, "run").withMaxSteps(end);
            TinyRun.training(cpu, settings)
                    .resumeFrom(folder.resolve("run/last.ckpt"))
                    .run();
            TinyRun.training(cpu, settings(cpu, "whole").withMaxSteps(end)).run();
            TinyRun.assertSame(folder.resolve("run"), folder.resolve("whole"));
        }
    }

    @Test
    @Requires(Prerequisite.SIGINT)
    void sigintExitsWith130() throws Exception {
        assertThat(train("INT")).isEqualTo(130);
        assertThat(stoppedAt()).isGreaterThanOrEqualTo(2);
    }

    @Test
    void aSignalBeforeTheFirstStepLeavesACheckpointToBeginWith() throws Exception {
        Process process = new ChildJvm().start(EarlySignal.class, folder.resolve("run"));
        try (BufferedReader out = process.inputReader()) {
            assertThat(out.readLine()).isEqualTo("started");
            process.toHandle().destroy();
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
            assertThat(process.exitValue()).isEqualTo(143);
        } finally {
            process.destroyForcibly();
        }
        assertThat(stoppedAt()).isZero();
        try (DeviceBackend cpu = TinyRun.cpu()) {
            TinyRun.training(cpu, TinyRun.settings(cpu, folder.resolve("run")))
                    .resumeFrom(folder.resolve("run/last.ckpt"))
                    .run();
            TinyRun.training(cpu, TinyRun.settings(cpu, folder.resolve("whole")))
                    .run();
            TinyRun.assertSame(folder.resolve("run"), folder.resolve("whole"));
        }
    }

    private RunSettings settings(DeviceBackend cpu, String name) {
        return TinyRun.settings(cpu, folder.resolve(name), "epochs=1000").withEvaluate(false);
    }

    /** Trains in a separate process until its second step, sends it a signal and returns its exit code. */
    private int train(String signal) throws IOException, InterruptedException {
        String arguments =
                "train --recipe ascend --set model.width=0.25 --data shapes:24,8 --epochs 1000 --batch-size 8 --eval-batch-size 8 "
                        + "--max-lr 0.005 --no-eval --threads 1 --log-every 1 --output " + folder.resolve("run");
        Process process = new ChildJvm().start(Main.class, (Object[]) arguments.split(" "));
        try (BufferedReader out = process.inputReader()) {
            String line = out.readLine();
            while (line != null && !line.startsWith("[Epoch 1, Iteration 2]")) {
                line = out.readLine();
            }
            assertThat(line).isNotNull();
            new ProcessBuilder("sh", "-c", "kill -" + signal + " " + process.pid())
                    .start()
                    .waitFor();
            List<String> rest = out.lines().toList();
            assertThat(rest).anyMatch(text -> text.startsWith("Stopped by a signal after "));
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
            return process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }

    private long stoppedAt() {
        try (PointerScope scope = new PointerScope()) {
            return Checkpoint.read(folder.resolve("run/last.ckpt")).position().step();
        }
    }
}

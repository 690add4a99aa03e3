package org.ascend4j.cli.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.ascend4j.nativelib.support.Prerequisite;
import org.ascend4j.nativelib.support.Requires;
import org.ascend4j.trainer.checkpoint.Checkpoint;
import org.bytedeco.javacpp.PointerScope;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests ranks that die, are stopped, or resume with another number of ranks; with real processes and real signals. */
@Tag("slow")
@Requires(Prerequisite.NATIVE)
class SupervisionTest {
    private static final String TWO = "--no-eval --nproc 2 --batch-size 6 --checkpoint-every 2 ";

    @TempDir
    private Path folder;

    @Test
    void aKilledRankEndsTheRunWithItsExitCode() throws Exception {
        // An epoch has 30 steps, so that no checkpoint is being written when the rank dies.
        RankRun run = RankRun.start(folder, "run", "--no-eval --nproc 2 --batch-size 1 --epochs 1000")
                .until("[Epoch 2, Iteration 2]");
        RankRun.signal("KILL", run.ranks().get(1));
        // The rank ends because it is notified of the loss. Without that it would wait for 600 s, longer than this test
        // does.
        assertThat(run.exitCode()).isEqualTo(137);
        assertThat(run.log())
                .contains("was killed by signal 9 with exit code 137; ending the other ranks")
                .containsPattern("ascend4j: rank 0 of 2 on .* at step \\d+\\. The last good checkpoint is ")
                .doesNotContain("Timed out")
                .doesNotContain("\tat org.ascend4j");
    }

    @Test
    void aRestartGoesOnFromTheNewestWholeCheckpointToTheSameBits() throws Exception {
        RankRun run = RankRun.start(folder, "run", TWO + "--epochs 3 --max-restarts 1")
                .until("Iteration 5]");
        // The launcher is suspended while the last checkpoint is damaged.
        RankRun.signal("STOP", run.process().toHandle());
        ProcessHandle first = run.ranks().get(0);
        RankRun.signal("KILL", first);
        Path last = folder.resolve("run/last.ckpt");
        run.until(() -> isZombie(first));
        truncate(last);
        RankRun.signal("CONT", run.process().toHandle());
        assertThat(run.exitCode()).isZero();
        assertThat(run.log())
                .contains("starting all ranks again, 1 of 1")
                .contains(last + " is damaged: expected SHA-256 ")
                .contains("Resuming from " + folder.resolve("run/previous.ckpt") + ", step ");
        assertThat(RankRun.run(folder, "whole", TWO + "--epochs 3")).isZero();
        assertThat(RankRun.losses(folder.resolve("run")))
                .hasSize(15)
                .isEqualTo(RankRun.losses(folder.resolve("whole")));
        assertThat(folder.resolve("run/model.safetensors"))
                .hasSameBinaryContentAs(folder.resolve("whole/model.safetensors"));
    }

    @Test
    void sigtermStopsAllRanksAtOneStepAndOtherNumbersOfRanksGoOn() throws Exception {
        RankRun run = RankRun.start(folder, "run", TWO + "--epochs 20").until("Iteration 3]");
        RankRun.signal("TERM", run.process().toHandle());
        assertThat(run.exitCode()).isEqualTo(143);
        assertThat(run.log()).contains("Stopped by a signal after ");
        long stopped = stepOf(folder.resolve("run/last.ckpt"));
        assertThat(stopped).isGreaterThanOrEqualTo(3);
        assertThat(RankRun.losses(folder.resolve("run"))).hasSize((int) stopped);
        // Three ranks process the 12 images of an update in batches of 4.
        Files.copy(folder.resolve("run/last.ckpt"), folder.resolve("stopped.ckpt"));
        int more = 5;
        String resume = "--no-eval --max-steps " + (stopped + more) + " --resume " + folder.resolve("stopped.ckpt");
        assertThat(RankRun.run(folder, "three", "--nproc 3 " + resume)).isZero();
        assertThat(RankRun.run(folder, "one", resume)).isZero();
        List<Double> one = RankRun.losses(folder.resolve("one"));
        List<Double> three = RankRun.losses(folder.resolve("three"));
        assertThat(one).hasSize(more).hasSameSizeAs(three);
        for (int i = 0; i < one.size(); i++) {
            assertThat(Math.abs(one.get(i) - three.get(i)) / one.get(i)).isLessThan(1e-5);
        }
    }

    @Test
    void everyRankGoesOnWithItsOwnRandomNumbersAlsoFromTheCheckpointBeforeADamagedOne() throws Exception {
        String dropout = TWO + "--epochs 3 --dropout 0.4 ";
        assertThat(RankRun.run(folder, "whole", dropout)).isZero();
        assertThat(RankRun.run(folder, "run", dropout + "--max-steps 7")).isZero();
        Path last = folder.resolve("run/last.ckpt");
        Path stopped = Files.copy(last, folder.resolve("stopped.ckpt"));
        truncate(last);
        RankRun resumed = RankRun.start(folder, "run", dropout + "--resume auto");
        assertThat(resumed.exitCode()).isZero();
        assertThat(resumed.log())
                .contains(last + " is damaged: expected SHA-256 ")
                .contains("Resuming from " + folder.resolve("run/previous.ckpt") + ", step 6.")
                .doesNotContain("seeded again");
        assertThat(RankRun.losses(folder.resolve("run")))
                .hasSize(15)
                .isEqualTo(RankRun.losses(folder.resolve("whole")));
        assertThat(folder.resolve("run/model.safetensors"))
                .hasSameBinaryContentAs(folder.resolve("whole/model.safetensors"));
        RankRun three =
                RankRun.start(folder, "three", "--no-eval --nproc 3 --epochs 3 --max-steps 8 --resume " + stopped);
        assertThat(three.exitCode()).isZero();
        assertThat(three.log())
                .containsOnlyOnce(
                        "The checkpoint holds the random generators of 2 rank(s), this run has 3: all except rank 0's"
                                + " are seeded again.");
    }

    @Test
    void ranksEndWhenTheirLauncherIsKilled() throws Exception {
        RankRun run = RankRun.start(folder, "run", TWO + "--epochs 1000").until("Iteration 1]");
        List<ProcessHandle> ranks = run.ranks();
        assertThat(ranks).hasSize(2);
        RankRun.signal("KILL", run.process().toHandle());
        try {
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
            // The process that inherits them may never read their exit codes; they then stay zombies, which Java
            // reports as alive.
            while (!ranks.stream().allMatch(rank -> !rank.isAlive() || isZombie(rank))) {
                assertThat(System.nanoTime()).as("ranks that live on").isLessThan(deadline);
                Thread.sleep(20);
            }
        } finally {
            ranks.forEach(ProcessHandle::destroyForcibly);
        }
    }

    /** Returns whether a process has ended but its parent has not read its exit code. */
    private static boolean isZombie(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc/" + process.pid() + "/stat")).contains(") Z ");
        } catch (IOException e) {
            return false; // The process no longer exists.
        }
    }

    private static void truncate(Path checkpoint) throws IOException {
        try (FileChannel file = FileChannel.open(checkpoint, StandardOpenOption.WRITE)) {
            file.truncate(1 << 20);
        }
    }

    private static long stepOf(Path checkpoint) {
        try (PointerScope scope = new PointerScope()) {
            return Checkpoint.read(checkpoint).position().step();
        }
    }
}

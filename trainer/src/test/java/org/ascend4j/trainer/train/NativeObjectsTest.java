package org.ascend4j.trainer.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.ascend4j.device.DeviceBackend;
import org.ascend4j.state.StateDict;
import org.ascend4j.trainer.checkpoint.Checkpoint;
import org.ascend4j.trainer.progress.StepMetrics;
import org.ascend4j.trainer.progress.TrainingListener;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that native objects live exactly as long as they are needed. */
@Tag("slow")
class NativeObjectsTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void stepsAndRunsLeaveNothingBehind(int replicas) {
        try (DeviceBackend cpu = TinyRun.cpu()) {
            RunSettings settings = TinyRun.settings(cpu, folder.resolve("run"), "epochs=4")
                    .withCheckpointEvery(4)
                    .withExecution(new Execution(false, replicas));
            Counter counter = new Counter();
            // The first run creates objects that live as long as the process.
            TinyRun.training(cpu, settings.withMaxSteps(1)).run();
            long before = settledCount();
            TinyRun.training(cpu, settings).listener(counter).run();
            assertThat(settledCount()).isEqualTo(before);
            assertThat(counter.counts).hasSize(12).containsOnly(counter.counts.get(0));
        }
    }

    @Test
    void aCheckpointThatDoesNotFitLeavesNoMoreBehindThanOneThatDoes() {
        try (DeviceBackend cpu = TinyRun.cpu()) {
            Path whole = folder.resolve("run/last.ckpt");
            Path empty = folder.resolve("empty.ckpt");
            TinyRun.training(cpu, TinyRun.settings(cpu, folder.resolve("run")).withMaxSteps(1))
                    .run();
            try (PointerScope scope = new PointerScope()) {
                Checkpoint read = Checkpoint.read(whole);
                new Checkpoint(read.run(), read.position(), new StateDict(), read.optimizer(), read.random())
                        .write(empty, null);
            }
            Runnable opening = () -> TrainedModel.open(whole, cpu).close();
            Runnable failing = () -> assertThatThrownBy(() -> TrainedModel.open(empty, cpu))
                    .hasMessageContaining("the weights do not fit the model");
            opening.run();
            assertThat(leftToTheCollector(failing)).isLessThanOrEqualTo(leftToTheCollector(opening));
        }
    }

    private static long leftToTheCollector(Runnable body) {
        long before = settledCount();
        body.run();
        return Pointer.totalCount() - before;
    }

    /** Counts native objects after the garbage collector has freed those that building a model leaves behind. */
    private static long settledCount() {
        long count = Pointer.totalCount();
        long last;
        do {
            last = count;
            System.gc();
            try {
                Thread.sleep(100);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            count = Pointer.totalCount();
        } while (count != last);
        return count;
    }

    private static final class Counter implements TrainingListener {
        private final List<Long> counts = new ArrayList<>();

        @Override
        public void stepsDone(List<StepMetrics> steps) {
            counts.add(counts.isEmpty() ? settledCount() : Pointer.totalCount());
        }
    }
}

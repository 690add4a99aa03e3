package org.ascend4j.trainer.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.ascend4j.device.Capture;
import org.ascend4j.device.DeviceBackend;
import org.ascend4j.device.DeviceSpec;
import org.ascend4j.device.Devices;
import org.ascend4j.trainer.data.DataSettings;
import org.ascend4j.trainer.data.DataSources;
import org.ascend4j.trainer.data.DataSplits;
import org.ascend4j.trainer.data.ProgressSink;

/**
 * The scenario that RecordedRunTest checks, in a process of its own: {@code FOLDER}. Trains on an NPU with and without a graph and prints a line for each pair of
 * runs that ended in the same state, bit for bit. An epoch has 11 full steps and a smaller one.
 */
final class RecordedRunScenario {
    private static final DataSplits SHAPES =
            DataSources.parse("shapes:46,8", DataSettings.defaults()).load(ProgressSink.NONE);

    private final DeviceBackend npu;
    private final Path folder;

    private RecordedRunScenario(DeviceBackend npu, Path folder) {
        this.npu = npu;
        this.folder = folder;
    }

    public static void main(String[] arguments) throws IOException {
        try (DeviceBackend npu = Devices.open(DeviceSpec.parse("npu:0"))) {
            RecordedRunScenario scenario = new RecordedRunScenario(npu, Path.of(arguments[0]));
            scenario.plain();
            scenario.resumed();
            scenario.compare(
                    "more", 2, 20, "precision=bf16", "model.batch_norm=true", "clip_norm=0.5", "label_smoothing=0.1");
            scenario.compare("adam", 1, 20, "optimizer.type=adamw", "schedule.max_lr=0.0005");
        }
    }

    private void plain() throws IOException {
        compare("plain", 1, 50);
    }

    /** Interrupts the recorded run in the middle of its third epoch. */
    private void resumed() throws IOException {
        run("resumed-graph", Capture.ON, 1, 30, null);
        run("resumed-graph", Capture.ON, 1, 50, folder.resolve("resumed-graph/last.ckpt"));
        TinyRun.assertSame(folder.resolve("resumed-graph"), folder.resolve("plain-eager"));
        System.out.println("resumed is equal");
    }

    private void compare(String name, int batches, int steps, String... overrides) throws IOException {
        run(name + "-eager", Capture.OFF, batches, steps, null, overrides);
        run(name + "-graph", Capture.ON, batches, steps, null, overrides);
        TinyRun.assertSame(folder.resolve(name + "-graph"), folder.resolve(name + "-eager"));
        assertThat(TinyRun.metrics(folder.resolve(name + "-graph"))).hasSizeGreaterThanOrEqualTo(steps);
        System.out.println(name + " is equal");
    }

    private void run(String name, Capture capture, int batches, int steps, Path checkpoint, String... overrides) {
        List<String> all = new ArrayList<>(List.of("batch_size=4", "epochs=6", "model.initialisation=xavier"));
        all.addAll(List.of(overrides));
        RunSettings settings = TinyRun.settings(npu, folder.resolve(name), all.toArray(String[]::new))
                .withGlobalBatch(4 * batches)
                .withMaxSteps(steps)
                .withCapture(capture)
                .withEvaluate(false);
        new Training(settings, SHAPES, npu)
                .dataName("shapes:46,8")
                .resumeFrom(checkpoint)
                .run();
    }
}

package org.ascend4j.cli.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.ascend4j.nativelib.support.Prerequisite;
import org.ascend4j.nativelib.support.Requires;
import org.ascend4j.state.StateDict;
import org.ascend4j.state.StateFiles;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests {@code --sync-bn}: two processes against one that trains on the images of both, in two small steps of 12
 * images. In larger and later steps rounding errors grow.
 */
@Tag("slow")
class SyncBatchNormTest {
    private static final double RELATIVE = 1e-5;
    private static final String RUN =
            "--max-steps 2 --no-eval --batch-norm --stem cifar-fine --set schedule.pct_start=0.9 --set schedule.div_factor=10000 ";

    @TempDir
    private Path folder;

    @Test
    @Requires(Prerequisite.NATIVE)
    void twoProcessesTrainAsOne() throws Exception {
        assertThat(RankRun.run(folder, "one", RUN + "--batch-size 12")).isZero();
        assertThat(RankRun.run(folder, "two", RUN + "--batch-size 6 --nproc 2 --sync-bn"))
                .isZero();
        Path run = folder.resolve("two");
        List<Double> expected = RankRun.losses(folder.resolve("one"));
        List<Double> found = RankRun.losses(run);
        assertThat(found).hasSameSizeAs(expected).hasSize(2);
        for (int i = 0; i < expected.size(); i++) {
            assertThat(found.get(i))
                    .as("loss of step " + (i + 1))
                    .isCloseTo(expected.get(i), within(RELATIVE * expected.get(i)));
        }
        assertSameState(folder.resolve("one/model.safetensors"), run.resolve("model.safetensors"));
        assertThat(new ObjectMapper()
                        .readTree(run.resolve("run.json").toFile())
                        .at("/run/recipe/model/sync_batch_norm")
                        .asBoolean())
                .isTrue();
    }

    /** Compares weights and running statistics. */
    private static void assertSameState(Path one, Path two) {
        try (PointerScope scope = new PointerScope()) {
            StateDict expected = StateFiles.read(one);
            StateDict found = StateFiles.read(two);
            assertThat(found.entries().keySet())
                    .isEqualTo(expected.entries().keySet())
                    .contains("stage3.0.p2_1_bn.running_var");
            expected.entries().forEach((name, tensor) -> {
                Tensor difference = found.get(name).sub(tensor).abs();
                assertThat(difference.max().item().toDouble())
                        .as(name)
                        .isLessThanOrEqualTo(
                                RELATIVE * Math.max(1, tensor.abs().max().item().toDouble()));
            });
        }
    }

    @Test
    void oneProcessAndAModelWithoutBatchNormAreTold() throws Exception {
        assertThat(RankRun.run(folder, "alone", RUN + "--batch-size 12 --sync-bn"))
                .isZero();
        assertThat(log("alone")).contains("--sync-bn changes nothing with one process");
        assertThat(RankRun.run(folder, "without", "--max-steps 1 --no-eval --sync-bn"))
                .isEqualTo(1);
        assertThat(log("without"))
                .contains("ascend4j: --sync-bn expects a model with batch norm, found one without; set --batch-norm");
    }

    private String log(String name) throws Exception {
        return Files.readString(folder.resolve(name + ".log"));
    }
}

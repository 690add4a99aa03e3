package org.ascend4j.cli.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.ascend4j.device.DeviceBackend;
import org.ascend4j.device.DeviceSpec;
import org.ascend4j.device.Devices;
import org.ascend4j.device.Precision;
import org.ascend4j.nativelib.support.Prerequisite;
import org.ascend4j.nativelib.support.Requires;
import org.ascend4j.trainer.data.DataSettings;
import org.ascend4j.trainer.data.DataSources;
import org.ascend4j.trainer.data.ProgressSink;
import org.ascend4j.trainer.train.Evaluator;
import org.ascend4j.trainer.train.TrainedModel;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Compares several processes with one process that trains on all their images: 20 steps of 12 images, and four
 * evaluations of 10; .ci/distributed-check runs 50 steps.
 */
@Tag("slow")
@Requires(Prerequisite.NATIVE)
class DataParallelTest {
    private static final double RELATIVE = 1e-5;

    @TempDir
    private static Path folder;

    @BeforeAll
    static void trainInOneProcess() throws Exception {
        assertThat(RankRun.run(folder, "one", "--epochs 4 --batch-size 12")).isZero();
        assertThat(RankRun.losses(folder.resolve("one"))).hasSize(20);
    }

    @ParameterizedTest
    @CsvSource({"2, 6, 1", "3, 4, 1", "4, 3, 1", "2, 2, 3"})
    void ranksTrainAsOneProcessWithAllTheirImages(int ranks, int batch, int accumulate) throws Exception {
        Path run = folder.resolve(ranks + "x" + batch);
        int code = RankRun.run(
                folder,
                run.getFileName().toString(),
                "--epochs 4 --nproc " + ranks + " --batch-size " + batch + " --accumulate " + accumulate);
        assertThat(code).isZero();
        assertSame(folder.resolve("one"), run);
        JsonNode description =
                new ObjectMapper().readTree(run.resolve("run.json").toFile());
        assertThat(description.at("/topology/ranks").asInt()).isEqualTo(ranks);
        assertThat(description.at("/topology/source").asText()).isEqualTo("--nproc");
        assertThat(description.at("/run/global_batch").asInt()).isEqualTo(12);
    }

    @Test
    void allRanksEvaluateTheStatisticsThatAreSaved() throws Exception {
        Path run = folder.resolve("statistics");
        assertThat(RankRun.run(folder, "statistics", "--epochs 1 --nproc 2 --batch-size 6 --batch-norm"))
                .isZero();
        DataSettings images =
                new DataSettings(DataSettings.defaultDirectory(), Optional.empty(), OptionalInt.empty(), 3);
        double loss = RankRun.epochs(run).get(0).get("test_loss").asDouble();
        try (DeviceBackend device = Devices.open(DeviceSpec.parse("cpu"));
                TrainedModel trained = TrainedModel.open(run.resolve("last.ckpt"), device);
                Evaluator evaluator = new Evaluator(
                        device,
                        DataSources.parse("shapes:60,10", images)
                                .load(ProgressSink.NONE)
                                .test(),
                        trained.run().recipe(),
                        10,
                        Precision.FP32)) {
            assertThat(loss).isCloseTo(evaluator.evaluate(trained.model()).loss(), within(RELATIVE * loss));
        }
    }

    @Test
    void ranksValidateTestAndWeighClassesAsOneProcess() throws Exception {
        String options = "--epochs 3 --validate 0.2 --class-weights balanced --no-shuffle --patience 1 ";
        assertThat(RankRun.run(folder, "valid1", options + "--batch-size 12")).isZero();
        assertThat(RankRun.run(folder, "valid2", options + "--batch-size 3 --accumulate 2 --nproc 2"))
                .isZero();
        Path one = folder.resolve("valid1");
        Path two = folder.resolve("valid2");
        assertThat(RankRun.losses(two)).hasSameSizeAs(RankRun.losses(one)).hasSizeGreaterThanOrEqualTo(8);
        for (int i = 0; i < RankRun.losses(one).size(); i++) {
            double loss = RankRun.losses(one).get(i);
            assertThat(RankRun.losses(two).get(i))
                    .as("loss of step " + (i + 1))
                    .isCloseTo(loss, within(RELATIVE * loss));
        }
        // The test images once, in the end.
        JsonNode test = RankRun.epochs(one).get(0);
        JsonNode same = RankRun.epochs(two).get(0);
        assertThat(RankRun.epochs(one)).hasSize(1);
        assertThat(RankRun.epochs(two)).hasSize(1);
        assertThat(test.get("final").asBoolean()).isTrue();
        assertThat(same.get("epoch")).isEqualTo(test.get("epoch"));
        assertThat(same.get("test_accuracy")).isEqualTo(test.get("test_accuracy"));
        double loss = test.get("test_loss").asDouble();
        assertThat(same.get("test_loss").asDouble()).isCloseTo(loss, within(RELATIVE * loss));
    }

    private static void assertSame(Path one, Path several) throws IOException {
        List<Double> expected = RankRun.losses(one);
        List<Double> found = RankRun.losses(several);
        assertThat(found).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            assertThat(found.get(i))
                    .as("loss of step " + (i + 1))
                    .isCloseTo(expected.get(i), within(RELATIVE * expected.get(i)));
        }
        List<JsonNode> epochs = RankRun.epochs(one);
        List<JsonNode> others = RankRun.epochs(several);
        assertThat(others).hasSameSizeAs(epochs);
        for (int i = 0; i < epochs.size(); i++) {
            assertThat(others.get(i).get("train_accuracy"))
                    .isEqualTo(epochs.get(i).get("train_accuracy"));
            assertThat(others.get(i).get("test_accuracy"))
                    .isEqualTo(epochs.get(i).get("test_accuracy"));
            double loss = epochs.get(i).get("test_loss").asDouble();
            assertThat(others.get(i).get("test_loss").asDouble()).isCloseTo(loss, within(RELATIVE * loss));
        }
    }
}

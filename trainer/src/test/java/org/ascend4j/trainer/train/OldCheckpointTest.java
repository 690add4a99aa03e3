package org.ascend4j.trainer.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.ascend4j.device.DeviceBackend;
import org.ascend4j.nn.Initialisation;
import org.ascend4j.state.CheckpointFile;
import org.ascend4j.trainer.data.DataSettings;
import org.ascend4j.trainer.data.DataSources;
import org.ascend4j.trainer.data.DataSplits;
import org.ascend4j.trainer.data.ProgressSink;
import org.ascend4j.trainer.engine.RunStart;
import org.ascend4j.trainer.model.googlenet.GoogLeNet;
import org.ascend4j.trainer.model.googlenet.GoogLeNetConfig;
import org.ascend4j.trainer.model.googlenet.Stem;
import org.ascend4j.trainer.progress.RunResult;
import org.ascend4j.trainer.recipe.Recipes;
import org.bytedeco.javacpp.PointerScope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests checkpoints from before models had their own names: {@code checkpoint-0.1.json} is the header that {@code train
 * --data shapes:40,20 --max-steps 2 --batch-size 16 --stem cifar --batch-norm --no-eval} wrote then; model settings
 * that were not given are null in it.
 */
class OldCheckpointTest {
    private static final GoogLeNetConfig CONFIG = GoogLeNetConfig.article()
            .withStem(Stem.CIFAR)
            .withBatchNorm(true)
            .withInitialisation(Initialisation.KAIMING);

    @TempDir
    private Path folder;

    private final DataSplits shapes =
            DataSources.parse("shapes:40,20", DataSettings.defaults()).load(ProgressSink.NONE);

    @Test
    void itIsEvaluatedAndResumed() throws IOException {
        Path old = folder.resolve("old.ckpt");
        try (DeviceBackend cpu = TinyRun.cpu();
                GoogLeNet model = new GoogLeNet(CONFIG)) {
            new Training(settings(cpu, 2), shapes, cpu).run(model);
            try (PointerScope scope = new PointerScope()) {
                CheckpointFile.Checkpoint written =
                        CheckpointFile.read(folder.resolve("run").resolve("last.ckpt"));
                CheckpointFile.write(old, written.tensors().entries(), header(), null);
            }

            try (TrainedModel trained = TrainedModel.open(old, cpu)) {
                assertThat(((GoogLeNet) trained.model()).config()).isEqualTo(CONFIG);
                assertThat(trained.model()
                                .stateDict()
                                .get("fc.weight")
                                .equal(model.stateDict().get("fc.weight")))
                        .isTrue();
            }

            List<String> warnings = Warnings.during(RunStart.class, () -> {
                RunResult result = new Training(settings(cpu, 3), shapes, cpu)
                        .dataName("shapes:40,20")
                        .resumeFrom(old)
                        .run();
                assertThat(result.steps()).isEqualTo(3);
            });
            assertThat(warnings)
                    .anyMatch(warning -> warning.contains("batch_size 16"))
                    .noneMatch(warning -> warning.contains("model."));
        }
    }

    private RunSettings settings(DeviceBackend cpu, int steps) {
        Map<String, String> overrides =
                Map.of("epochs", "4", "batch_size", "2", "model.stem", "cifar", "model.batch_norm", "true");
        return RunSettings.of(
                        Recipes.bind(Recipes.override(Recipes.tree("ascend"), overrides)), cpu, folder.resolve("run"))
                .withEvaluate(false)
                .withMaxSteps(steps);
    }

    private static String header() throws IOException {
        try (InputStream resource = OldCheckpointTest.class.getResourceAsStream("checkpoint-0.1.json")) {
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8).strip();
        }
    }
}

package org.ascend4j.trainer.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.ascend4j.Ascend4jException;
import org.ascend4j.device.DeviceBackend;
import org.ascend4j.nn.Initialisation;
import org.ascend4j.state.StateDict;
import org.ascend4j.state.StateFiles;
import org.ascend4j.trainer.model.ImageClassifier;
import org.ascend4j.trainer.model.googlenet.GoogLeNet;
import org.ascend4j.trainer.model.googlenet.GoogLeNetConfig;
import org.ascend4j.trainer.model.googlenet.TorchvisionGoogLeNet;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests that frozen parts stay unchanged, that the head has its own learning rate, and that weights for other classes
 * initialise all but the head.
 */
class FineTuningTest {
    private static final String STEP = "optimizer.momentum=0";
    private static final String RATE = "schedule={type: constant}";

    @TempDir
    private Path folder;

    private DeviceBackend cpu;

    @BeforeEach
    void open() {
        cpu = TinyRun.cpu();
    }

    @AfterEach
    void close() {
        cpu.close();
    }

    @Test
    void theBackboneStaysWithItsStatisticsAndTheHeadLearns() {
        try (PointerScope scope = new PointerScope();
                ImageClassifier model = new OwnNetwork(true, 0)) {
            Map<String, Tensor> before = copy(model);
            train(model, "fine_tuning.freeze=[backbone]");
            assertThat(changed(model, before)).containsExactlyInAnyOrder("body.fc.weight", "body.fc.bias");
        }
    }

    @Test
    void patternsNameModulesAndParameters() {
        try (PointerScope scope = new PointerScope();
                ImageClassifier model = new OwnNetwork(true, 0)) {
            Map<String, Tensor> before = copy(model);
            train(model, "fine_tuning.freeze=['body.co*', body.fc.bias]");
            assertThat(changed(model, before))
                    .containsExactlyInAnyOrder(
                            "body.bn.weight",
                            "body.bn.bias",
                            "body.bn.running_mean",
                            "body.bn.running_var",
                            "body.bn.num_batches_tracked",
                            "body.fc.weight");
        }
    }

    /** Three normalisations are computed as one and one of them is frozen: the others still use the statistics of the batches. */
    @Test
    void oneOfJoinedNormalisationsIsFrozenAlone() {
        var config = GoogLeNetConfig.article().withBatchNorm(true).withInitialisation(Initialisation.KAIMING);
        try (PointerScope scope = new PointerScope();
                ImageClassifier model = new GoogLeNet(config)) {
            Map<String, Tensor> before = copy(model);
            train(model, "fine_tuning.freeze=[stage3.0.p1_1_bn]");
            assertThat(changed(model, before))
                    .contains("stage3.0.p2_1_bn.running_mean", "stage3.0.p1_1.weight", "stage3.0.p2_1_bn.weight")
                    .doesNotContain("stage3.0.p1_1_bn.running_mean", "stage3.0.p1_1_bn.weight");
        }
    }

    @Test
    void theHeadsStepIsAsMuchLongerAsItsRate() {
        try (PointerScope scope = new PointerScope();
                ImageClassifier plain = new OwnNetwork(false, 0);
                ImageClassifier fast = plain.emptyCopy()) {
            fast.stateDict()
                    .entries()
                    .forEach((name, tensor) ->
                            tensor.set_data(plain.stateDict().get(name).clone()));
            Map<String, Tensor> before = copy(plain);
            oneStep(plain, "optimizer.lr=0.01");
            oneStep(fast, "optimizer.lr=0.01", "fine_tuning.head_lr=0.05");
            assertThat(step(fast, before, "body.fc.weight"))
                    .isCloseTo(5 * step(plain, before, "body.fc.weight"), within(1e-5));
            assertThat(step(fast, before, "body.conv.weight"))
                    .isCloseTo(step(plain, before, "body.conv.weight"), within(1e-7));
        }
    }

    @Test
    void whatCannotBeFrozenIsRefused() {
        try (ImageClassifier model = new OwnNetwork(false, 0)) {
            assertThatThrownBy(() -> train(model, "fine_tuning.freeze=[stage9]"))
                    .isInstanceOf(Ascend4jException.class)
                    .hasMessage("--freeze expects 'backbone', or parameters or modules of the model such as"
                            + " body.conv.weight or body, found 'stage9'");
            assertThatThrownBy(() -> train(model, "fine_tuning.freeze=[body]"))
                    .hasMessage(
                            "--freeze expects to leave a part of the model to train, found that body freezes all of it");
        }
    }

    @Test
    void weightsOfOtherClassesServeAllButTheHead() {
        var torchvision = GoogLeNetConfig.torchvision().withClasses(10);
        try (PointerScope scope = new PointerScope();
                ImageClassifier published = new TorchvisionGoogLeNet(torchvision.withClasses(1000));
                ImageClassifier model = new TorchvisionGoogLeNet(torchvision)) {
            Path file = folder.resolve("googlenet.safetensors");
            StateFiles.write(file, published.stateDict(), Map.of());
            Map<String, Tensor> head = copy(model);
            StateDict weights = new StateDict();
            published.stateDict().entries().forEach(weights::put);
            trainFrom(file, model, "fine_tuning.freeze=['*.bn', 'conv*', 'inception*']");
            assertThat(model.stateDict()
                            .get("inception3a.branch1.conv.weight")
                            .equal(weights.get("inception3a.branch1.conv.weight")))
                    .isTrue();
            assertThat(model.stateDict()
                            .get("inception5b.branch4.1.bn.running_mean")
                            .equal(weights.get("inception5b.branch4.1.bn.running_mean")))
                    .isTrue();
            assertThat(model.stateDict().get("fc.weight").shape()).containsExactly(10, 1024);
            assertThat(model.stateDict().get("fc.weight").equal(head.get("fc.weight")))
                    .isFalse();
        }
    }

    private void train(ImageClassifier model, String... overrides) {
        trainFrom(null, model, overrides);
    }

    private void trainFrom(Path weights, ImageClassifier model, String... overrides) {
        run(weights, model, TinyRun.STEPS_PER_EPOCH, overrides);
    }

    private void oneStep(ImageClassifier model, String... overrides) {
        String[] all = {overrides[0], STEP, RATE, overrides[overrides.length - 1]};
        run(null, model, 1, all);
    }

    private void run(Path weights, ImageClassifier model, long steps, String... overrides) {
        var settings = TinyRun.settings(cpu, folder.resolve("run"), overrides);
        settings = settings.withRecipe(settings.recipe().withAnyModel())
                .withMaxSteps(steps)
                .withEvaluate(false);
        TinyRun.training(cpu, settings).initialWeights(weights).run(model);
    }

    private static Map<String, Tensor> copy(ImageClassifier model) {
        return model.stateDict().entries().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().clone()));
    }

    private static Iterable<String> changed(ImageClassifier model, Map<String, Tensor> before) {
        return model.stateDict().entries().entrySet().stream()
                .filter(entry -> !entry.getValue().equal(before.get(entry.getKey())))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static double step(ImageClassifier model, Map<String, Tensor> before, String name) {
        Function<Tensor, Tensor> difference = tensor -> tensor.sub(before.get(name));
        return difference.apply(model.stateDict().get(name).detach()).norm().item_double();
    }
}

package org.ascend4j.trainer.model.googlenet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bytedeco.pytorch.global.torch.cross_entropy;
import static org.bytedeco.pytorch.global.torch.tensor;

import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.ascend4j.nn.Initialisation;
import org.ascend4j.trainer.model.ImageClassifier;
import org.ascend4j.trainer.model.ModelFactory;
import org.ascend4j.trainer.model.Models;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests ownership: steps leave no objects behind, scopes do not free a model, close does. */
@Tag("slow")
class ModelMemoryTest {
    private static final GoogLeNetConfig EVERYTHING = GoogLeNetConfig.fashion()
            .withBatchNorm(true)
            .withLocalResponseNorm(true)
            .withAuxiliaryHeads(true)
            .withInitialisation(Initialisation.TRUNCATED_NORMAL);

    @Test
    void stepsLeaveNoNativeObjectBehind() {
        try (GoogLeNet model = new GoogLeNet(EVERYTHING);
                Tensor images = FormulaWeights.images(2, 1, 64, 64);
                Tensor labels = tensor(3L, 7L)) {
            step(model, images, labels);
            long before = liveObjects();
            for (int i = 0; i < 3; i++) {
                step(model, images, labels);
            }
            assertThat(liveObjects()).isEqualTo(before);
        }
    }

    /** Without a scope, forward leaves only its result behind: the layers close all intermediate tensors. */
    @ParameterizedTest
    @ValueSource(strings = {"googlenet", "googlenet-fashion", "googlenet-torchvision"})
    void forwardReturnsOneNativeObject(String name) {
        ModelFactory.Usual usual = Models.named(name).usual();
        try (ImageClassifier model = Models.create(name, usual.channels(), usual.classes(), Map.of());
                Tensor images = FormulaWeights.images(1, usual.channels(), 64, 64)) {
            model.eval();
            long before = liveObjects();
            try (Tensor logits = model.forward(images)) {
                assertThat(logits.shape()).containsExactly(1, usual.classes());
                assertThat(liveObjects()).isEqualTo(before + 1);
            }
        }
    }

    @Test
    void modelOutlivesTheScopeItWasMadeInAndCloseFreesIt() {
        long before = liveObjects();
        GoogLeNet model;
        try (PointerScope scope = new PointerScope()) {
            assertThat(scope).isNotNull();
            model = new GoogLeNet(EVERYTHING);
        }
        try (Tensor images = FormulaWeights.images(2, 1, 32, 32);
                Tensor logits = model.forward(images)) {
            assertThat(logits.shape()).containsExactly(2, 10);
        }
        Map<String, Tensor> parameters = model.namedParameters();
        assertThat(parameters.values()).noneMatch(tensor -> tensor.isNull());
        model.close();
        assertThat(parameters.values()).allMatch(tensor -> tensor.isNull());
        assertThat(liveObjects()).isEqualTo(before);
    }

    private static void step(GoogLeNet model, Tensor images, Tensor labels) {
        try (PointerScope scope = new PointerScope()) {
            assertThat(scope).isNotNull();
            ImageClassifier.TrainingOutput output = model.forwardTraining(images);
            Tensor loss = cross_entropy(output.logits(), labels);
            for (Tensor logits : output.auxiliaryLogits()) {
                loss = loss.add(cross_entropy(logits, labels));
            }
            loss.backward();
        }
    }

    /** Counts native objects after those of earlier tests have been garbage collected. */
    private static long liveObjects() {
        long before;
        do {
            before = Pointer.totalCount();
            System.gc();
            LockSupport.parkNanos(50_000_000);
        } while (Pointer.totalCount() != before);
        return before;
    }
}

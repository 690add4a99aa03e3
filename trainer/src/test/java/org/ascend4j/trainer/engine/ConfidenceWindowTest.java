package org.ascend4j.trainer.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.ascend4j.runtime.TorchRuntime;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfidenceWindowTest {
    @BeforeAll
    static void load() {
        TorchRuntime.load();
    }

    @Test
    void theFirstFiveOutputsCount() {
        try (PointerScope scope = new PointerScope();
                ConfidenceWindow window = new ConfidenceWindow(new Device("cpu"), 3)) {
            float[] falling = {6, 5, 4, 3, 2, 1, 0};
            window.add(logits(falling, 7));
            window.add(logits(new float[] {6, 5, 4, 3, 2, 1, 0, 0, 1, 2, 3, 4, 5, 6}, 7));
            // The labels rank fifth, sixth and, in ascending logits, first; the label before index 1 belongs to another
            // rank.
            ConfidenceWindow.Results results = window.read(new int[] {0, 4, 5, 6}, 1);
            assertThat(results.topFiveHits()).isEqualTo(2);
            double sum = 0;
            for (float logit : falling) {
                sum += Math.exp(logit - 6);
            }
            assertThat(results.confidences()).hasSize(3).containsOnly((float) (1 / sum));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 7})
    void placesOnTheDeviceReceiveTheSame(int outputs) {
        try (PointerScope scope = new PointerScope();
                ConfidenceWindow window = new ConfidenceWindow(new Device("cpu"), 4);
                ConfidenceWindow placed = new ConfidenceWindow(new Device("cpu"), 4)) {
            torch.manual_seed(3);
            Tensor first = torch.randn(2, outputs);
            Tensor second = torch.randn(2, outputs);
            window.add(first);
            window.add(second);
            placed.add(second, torch.arange(new Scalar(2), new Scalar(4)));
            placed.add(first, torch.arange(new Scalar(2)));
            placed.added(4);
            int[] labels = {1, 2, 0, 1};
            ConfidenceWindow.Results expected = window.read(labels, 0);
            ConfidenceWindow.Results found = placed.read(labels, 0);
            assertThat(found.confidences()).isEqualTo(expected.confidences());
            assertThat(found.topFiveHits()).isEqualTo(expected.topFiveHits());
        }
    }

    @Test
    void fewerOutputsThanFiveAddNoClass() {
        try (PointerScope scope = new PointerScope();
                ConfidenceWindow window = new ConfidenceWindow(new Device("cpu"), 1)) {
            window.add(logits(new float[] {0, 1}, 2));
            assertThat(window.read(new int[] {2}, 0).topFiveHits()).isZero();
        }
    }

    private static Tensor logits(float[] values, int outputs) {
        return Tensor.create(values).view(-1, outputs);
    }
}

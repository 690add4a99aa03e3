package org.ascend4j.nativelib.distributed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.ascend4j.nativelib.profile.OperatorRecording;
import org.ascend4j.nativelib.support.Prerequisite;
import org.ascend4j.nativelib.support.Requires;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

/** Buckets with one rank; {@code GradientSumTest} in bindings uses several. */
@Requires(Prerequisite.NATIVE)
class GradientBucketsTest {
    /** A test with two parameters of two elements each, {@code first} and {@code second}, in one bucket each; the second one's starts first. */
    private interface Scenario {
        void play(Tensor first, Tensor second, Tensor gradients, GradientBuckets buckets);
    }

    @Test
    void theNextPassIsSoundAfterASumThatCouldNotBegin() {
        play("buckets", (first, second, gradients, buckets) -> {
            Tensor loss =
                    first.mul(new Scalar(3)).sum().add(second.mul(new Scalar(5)).sum());
            gradients.resize_(0);
            buckets.arm();
            loss.backward();
            assertThatThrownBy(buckets::finish).hasMessageContaining("start out of range");
            // Neither the pass nor finish itself throws the error earlier.
            assertThatThrownBy(buckets::finish).hasMessageContaining("start out of range");
            gradients.resize_(4);
            buckets.finish();
            assertThat(values(gradients)).containsExactly(3, 3, 5, 5);
        });
    }

    @Test
    void gradientsArePackedWithoutASum() {
        play("packed", (first, second, gradients, buckets) -> {
            gradients.fill_(new Scalar(1));
            first.mul(new Scalar(3)).sum().backward();
            OperatorRecording.start();
            buckets.pack();
            assertThat(OperatorRecording.stop())
                    .extracting(OperatorRecording.Run::name)
                    .contains("aten::cat")
                    .doesNotContain("c10d::allreduce_");
            // A leaf without a gradient contributes zeros.
            assertThat(values(gradients)).containsExactly(3, 3, 0, 0);
            // A sum takes what was packed, even if it has changed since.
            gradients.add_(new Scalar(1));
            buckets.sum();
            assertThat(values(gradients)).containsExactly(4, 4, 1, 1);
        });
    }

    private static void play(String group, Scenario scenario) {
        Duration timeout = Duration.ofSeconds(10);
        try (PointerScope scope = new PointerScope();
                KeyValueStore store = KeyValueStore.inMemory(timeout);
                NamedGroup ranks = NamedGroup.gloo(group, store, 0, 1, "lo", timeout)) {
            Tensor values = torch.ones(4);
            Tensor gradients = torch.zeros(4);
            Tensor first = values.narrow(0, 0, 2).detach().set_requires_grad(true);
            Tensor second = values.narrow(0, 2, 2).detach().set_requires_grad(true);
            try (GradientBuckets buckets =
                    new GradientBuckets(ranks.name(), values, gradients, List.of(List.of(second), List.of(first)))) {
                scenario.play(first, second, gradients, buckets);
            }
        }
    }

    private static float[] values(Tensor tensor) {
        float[] values = new float[4];
        tensor.data_ptr_float().get(values);
        return values;
    }
}

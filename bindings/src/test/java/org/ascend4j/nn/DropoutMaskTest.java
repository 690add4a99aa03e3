package org.ascend4j.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The factors themselves; {@code .ci/npu-check} trains with them. */
class DropoutMaskTest {
    @ParameterizedTest
    @EnumSource(names = {"Float", "BFloat16", "Half"})
    void aValueIsDroppedWithTheProbabilityAndElseScaled(ScalarType type) {
        try (PointerScope scope = new PointerScope()) {
            torch.manual_seed(4);
            Tensor like = torch.ones(100, 100).to(type);
            Tensor factors = DropoutMask.draw(like, 0.75);
            assertThat(factors.scalar_type().intern()).isEqualTo(type);
            double zeros = factors.eq(new Scalar(0)).sum().item_double();
            double fours = factors.eq(new Scalar(4)).sum().item_double();
            assertThat(zeros + fours).isEqualTo(10_000);
            // Five standard deviations of a binomial distribution: sqrt(10000 * 0.75 * 0.25) = 43.
            assertThat(zeros).isCloseTo(7_500, within(217.0));
        }
    }

    @Test
    void factorsHaveTheLayoutOfTheValuesAndNoGradient() {
        try (PointerScope scope = new PointerScope()) {
            Tensor like =
                    torch.ones(2, 3, 4, 5).contiguous(MemoryFormat.ChannelsLast).set_requires_grad(true);
            Tensor factors = DropoutMask.draw(like, 0.5);
            assertThat(factors.sizes().vec().get()).containsExactly(2, 3, 4, 5);
            assertThat(factors.stride(1)).isEqualTo(1);
            assertThat(factors.requires_grad()).isFalse();
        }
    }
}

package org.ascend4j.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.ascend4j.Ascend4jException;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FiniteValuesTest {
    private static StateDict with(Tensor last) {
        return new StateDict()
                .put("weight", torch.rand(3, 5).t())
                .put(
                        "num_batches_tracked",
                        torch.full(new long[] {1}, new Scalar(7)).to(ScalarType.Long))
                .put("none", torch.empty(0, 4))
                .put("bn.running_var", last);
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void aValueThatIsNoNumberIsNamed(double value) {
        try (PointerScope scope = new PointerScope()) {
            Tensor statistics = torch.ones(1000);
            statistics.narrow(0, 999, 1).fill_(new Scalar(value));
            assertThatThrownBy(() -> FiniteValues.require(with(statistics)))
                    .isInstanceOf(Ascend4jException.class)
                    .hasMessageStartingWith(
                            "the model is not saved, because bn.running_var holds a value that is not a number");
            assertThatThrownBy(() -> FiniteValues.require(with(statistics.to(ScalarType.BFloat16))))
                    .isInstanceOf(Ascend4jException.class);
        }
    }

    /** Their sum would exceed the type's range. */
    @Test
    void largeNumbersAreNumbers() {
        try (PointerScope scope = new PointerScope()) {
            Tensor large = torch.full(new long[] {1000}, new Scalar(60000.0)).to(ScalarType.Half);
            assertThat(FiniteValues.firstNotFinite(with(large))).isEmpty();
        }
    }
}

package org.ascend4j.nativelib.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import org.ascend4j.nativelib.support.Prerequisite;
import org.ascend4j.nativelib.support.Requires;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

@Requires(Prerequisite.NATIVE)
final class OperatorRecordingTest {
    @Test
    void holdsForwardAndBackwardOperatorsInTheirPlaces() {
        try (PointerScope scope = new PointerScope()) {
            Tensor x = torch.ones(2, 2).requires_grad_(true);
            OperatorRecording.start();
            long before = System.nanoTime();
            x.mul(x).sum().backward();
            long after = System.nanoTime();
            OperatorRecording.range("both passes", before, after);
            List<OperatorRecording.Run> runs = OperatorRecording.stop();
            torch.ones(1).neg();
            assertThat(runs)
                    .extracting(OperatorRecording.Run::name)
                    .contains("aten::mul", "aten::sum", "MulBackward0")
                    .doesNotContain("aten::neg");
            assertThat(runs)
                    .filteredOn(OperatorRecording.Run::range)
                    .extracting(OperatorRecording.Run::name, OperatorRecording.Run::begin, OperatorRecording.Run::end)
                    .containsExactly(tuple("both passes", before, after));
            assertThat(runs).allSatisfy(run -> {
                assertThat(run.begin()).isBetween(before, after);
                assertThat(run.end()).isBetween(run.begin(), after);
            });
        }
    }

    @Test
    void onlyOneIsMadeAtATime() {
        OperatorRecording.start();
        try {
            assertThatThrownBy(OperatorRecording::start).hasMessageContaining("already");
        } finally {
            OperatorRecording.stop();
        }
        assertThatThrownBy(OperatorRecording::stop).hasMessageContaining("not being recorded");
    }
}

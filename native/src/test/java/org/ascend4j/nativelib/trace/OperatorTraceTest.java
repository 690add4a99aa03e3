package org.ascend4j.nativelib.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.ascend4j.nativelib.support.Prerequisite;
import org.ascend4j.nativelib.support.Requires;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

/** Records small functions. */
@Requires(Prerequisite.NATIVE)
class OperatorTraceTest {
    @Test
    void theGraphComputesWhatWasRecorded() {
        try (PointerScope scope = new PointerScope()) {
            Tensor weight = torch.tensor(2f, 3f);
            Tensor input = torch.tensor(1f, 10f);
            try (OperatorTrace trace = new OperatorTrace(input, List.of(weight))) {
                trace.scope("outer.inner");
                Tensor product = input.mul(weight);
                product.exp(); // not needed for the output
                trace.finish(product.add_(new Scalar(0.5)));
                assertThat(trace.json())
                        .contains("\"kind\":\"aten::mul\",\"scope\":\"outer.inner\"", "\"kind\":\"aten::add\"", "5.0")
                        .doesNotContain("exp", "add_");
                Tensor result = trace.run(torch.tensor(-1f, 1f));
                assertThat(result.equal(torch.tensor(-1.5f, 3.5f))).isTrue();
            }
        }
    }

    @Test
    void aConstantFollowsTheBatch() {
        try (PointerScope scope = new PointerScope()) {
            Tensor input = torch.ones(2, 3);
            try (OperatorTrace trace = new OperatorTrace(input, List.of())) {
                trace.finish(input.reshape(2, 3, 1));
                String json = trace.json();
                assertThatThrownBy(() -> trace.run(torch.ones(4, 3)))
                        .hasMessageContaining("shape '[2, 3, 1]' is invalid for input of size 12");
                int at = json.indexOf("\"value\":2}");
                String outputs = json.substring(json.lastIndexOf("\"outputs\":[", at) + 11);
                trace.followBatch(Long.parseLong(outputs.substring(0, outputs.indexOf(']'))), 1);
                assertThat(trace.run(torch.ones(4, 3)).shape()).containsExactly(4, 3, 1);
                assertThatThrownBy(() -> trace.followBatch(12345, 1)).hasMessageContaining("no constant 12345");
            }
        }
    }

    @Test
    void aRecordingThatIsGivenUpEnds() {
        try (PointerScope scope = new PointerScope()) {
            Tensor input = torch.ones(2);
            try (OperatorTrace trace = new OperatorTrace(input, List.of())) {
                assertThatThrownBy(() -> new OperatorTrace(input, List.of()))
                        .hasMessageContaining("underway on this thread already");
            }
            try (OperatorTrace next = new OperatorTrace(input, List.of())) {
                next.finish(input.neg());
                assertThat(next.run(input).equal(torch.tensor(-1f, -1f))).isTrue();
            }
        }
    }
}

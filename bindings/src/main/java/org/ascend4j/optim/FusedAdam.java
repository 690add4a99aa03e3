package org.ascend4j.optim;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ascend4j.dispatch.BoxedOperator;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.DeviceOptional;
import org.bytedeco.pytorch.LayoutOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Adam with {@code aten::_fused_adam_} or {@code aten::_fused_adamw_}, which read and write every tensor once. */
final class FusedAdam implements UpdateRule {
    private final BoxedOperator operator;
    private final AdamOptions options;

    FusedAdam(AdamOptions options, boolean decoupled) {
        this.options = options;
        this.operator = new BoxedOperator(decoupled ? "aten::_fused_adamw_" : "aten::_fused_adam_", "");
    }

    @Override
    public void apply(ParameterGroup group, List<Slice> slices, SkipGuard guard) {
        Map<Long, Tensor> numbers = new HashMap<>();
        operator.call(
                slices.stream().map(Slice::value).toList(),
                slices.stream().map(Slice::gradient).toList(),
                slices.stream().map(slice -> slice.state()[0]).toList(),
                slices.stream().map(slice -> slice.state()[1]).toList(),
                List.of(),
                slices.stream()
                        .map(slice -> numbers.computeIfAbsent(slice.step(), step -> stepNumber(slice, guard)))
                        .toList(),
                group.learningRate(),
                group.momentum(),
                options.beta2(),
                group.weightDecay(),
                options.eps(),
                false,
                false,
                null,
                guard == null ? null : guard.foundInf());
    }

    private static Tensor stepNumber(Slice slice, SkipGuard guard) {
        if (guard != null) {
            return guard.stepNumber(slice.step());
        }
        // Counted in fp32 whatever the parameters' type: bf16 cannot represent 257.
        return slice.value()
                .new_full(
                        new long[] {1},
                        new Scalar(slice.step() + 1.0),
                        new ScalarTypeOptional(ScalarType.Float),
                        new LayoutOptional(),
                        new DeviceOptional(),
                        new BoolOptional());
    }
}

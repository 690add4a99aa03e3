package org.ascend4j.optim;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.ascend4j.dispatch.BoxedOperator;

/** SGD with {@code aten::_fused_sgd_}, which reads and writes every tensor once. */
final class FusedSgd implements UpdateRule {
    private final BoxedOperator operator = new BoxedOperator("aten::_fused_sgd_", "");
    private final SgdOptions options;
    private final UpdateRule elementwise;

    FusedSgd(SgdOptions options) {
        this.options = options;
        this.elementwise = new ElementwiseSgd(options, false);
    }

    @Override
    public void apply(ParameterGroup group, List<Slice> slices, SkipGuard guard) {
        // Torch 2.7's CPU kernel computes wrong values in bf16 and fp16.
        if (slices.get(0).value().is_cpu()
                && ScalarProduct.isReduced(slices.get(0).value())) {
            elementwise.apply(group, slices, guard);
            return;
        }
        // Only with dampening does the first step, which takes the whole gradient, differ from a step with a buffer of
        // zeros.
        Map<Boolean, List<Slice>> byFirst =
                slices.stream().collect(Collectors.partitioningBy(s -> options.dampening() != 0 && s.step() == 0));
        byFirst.forEach((first, part) -> {
            if (!part.isEmpty()) {
                apply(group, part, first, guard);
            }
        });
    }

    private void apply(ParameterGroup group, List<Slice> slices, boolean first, SkipGuard guard) {
        boolean momentum = group.momentum() != 0;
        operator.call(
                slices.stream().map(Slice::value).toList(),
                slices.stream().map(Slice::gradient).toList(),
                momentum ? slices.stream().map(slice -> slice.state()[0]).toList() : List.of(),
                group.weightDecay(),
                group.momentum(),
                group.learningRate(),
                options.dampening(),
                options.nesterov(),
                false,
                first,
                null,
                guard == null ? null : guard.foundInf());
    }
}

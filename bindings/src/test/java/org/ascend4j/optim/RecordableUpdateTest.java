package org.ascend4j.optim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.ascend4j.device.Layout;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A host computes a recorded update at once, so it can be compared with the eager one without a graph. */
class RecordableUpdateTest {
    private static final int WARM_UP = 2;
    private static final int STEPS = 8;

    @ParameterizedTest
    @CsvSource({
        "FLAT, 0.9, 0, false, 0.0005",
        "FLAT, 0.9, 0.3, false, 0",
        "FLAT, 0.9, 0, true, 0.0005",
        "EXACT, 0.9, 0, true, 0.0005",
        "FLAT, 0, 0, false, 0.0005"
    })
    void sgdHasTheBitsOfTheEagerUpdate(
            UpdatePath path, double momentum, double dampening, boolean nesterov, double weightDecay) {
        SgdOptions options = new SgdOptions(dampening, nesterov);
        assertEqualBits(0.1, momentum, weightDecay, group -> new Sgd(List.of(group), options, path));
    }

    @ParameterizedTest
    @CsvSource({"FLAT, 0", "FLAT, 0.01", "EXACT, 0.01"})
    void adamHasTheBitsOfTheEagerUpdate(UpdatePath path, double weightDecay) {
        AdamOptions options = new AdamOptions(0.99, 1e-6);
        assertEqualBits(0.01, 0.9, weightDecay, group -> new Adam(List.of(group), options, path));
        assertEqualBits(0.01, 0.9, weightDecay, group -> new AdamW(List.of(group), options, path));
    }

    @Test
    void fusedUpdatesAreNotRecordable() {
        try (PointerScope scope = new PointerScope()) {
            ParameterGroup group = new ParameterGroup(new FlatParameters(parameters(), Layout.CONTIGUOUS), 0.1, 0.9, 0);
            assertThat(new Sgd(List.of(group), new SgdOptions(0, false), UpdatePath.FUSED).recordable())
                    .isEmpty();
            assertThat(new Adam(List.of(group), AdamOptions.DEFAULT, UpdatePath.FUSED).recordable())
                    .isEmpty();
        }
    }

    private static void assertEqualBits(
            double rate, double momentum, double weightDecay, Function<ParameterGroup, Optimizer> kind) {
        try (PointerScope scope = new PointerScope()) {
            Map<String, Tensor> eager = train(rate, momentum, weightDecay, kind, false);
            Map<String, Tensor> recorded = train(rate, momentum, weightDecay, kind, true);
            eager.forEach((name, parameter) ->
                    assertThat(recorded.get(name).equal(parameter)).as(name).isTrue());
        }
    }

    private static Map<String, Tensor> train(
            double rate,
            double momentum,
            double weightDecay,
            Function<ParameterGroup, Optimizer> kind,
            boolean recorded) {
        Map<String, Tensor> parameters = parameters();
        FlatParameters flat = new FlatParameters(parameters, Layout.CONTIGUOUS);
        ParameterGroup group = new ParameterGroup(flat, rate, momentum, weightDecay);
        Optimizer optimizer = kind.apply(group);
        for (int step = 0; step < STEPS; step++) {
            torch.manual_seed(step);
            parameters.values().forEach(p -> Golden.backward(p, torch.randn_like(p.contiguous())));
            group.setLearningRate(rate / (step + 1));
            group.setMomentum(momentum == 0 ? 0 : momentum - 0.01 * step);
            if (recorded && step >= WARM_UP) {
                RecordableUpdate update = optimizer.recordable().orElseThrow();
                update.record(onDevice(update.factors(0)));
                update.repeated();
            } else {
                optimizer.step();
            }
            optimizer.zeroGrad();
        }
        assertThat(optimizer
                        .stateDict()
                        .entries()
                        .get("steps.0")
                        .data_ptr_long()
                        .get())
                .isEqualTo(STEPS);
        return parameters;
    }

    private static List<Tensor[]> onDevice(double[][] factors) {
        List<Tensor[]> tensors = new ArrayList<>();
        for (double[] group : factors) {
            Tensor[] own = new Tensor[group.length];
            for (int i = 0; i < own.length; i++) {
                own[i] = torch.tensor((float) group[i]).view(1);
            }
            tensors.add(own);
        }
        return tensors;
    }

    private static Map<String, Tensor> parameters() {
        torch.manual_seed(100);
        Map<String, Tensor> values = new LinkedHashMap<>();
        values.put("conv", torch.randn(64, 16, 3, 3));
        values.put("fc", torch.randn(10, 333));
        return Golden.parameters(values);
    }
}

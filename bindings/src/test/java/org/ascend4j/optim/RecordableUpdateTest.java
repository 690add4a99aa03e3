package org.ascend4j.optim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.ascend4j.device.Layout;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A host computes a recorded update at once, so it can be compared with the eager one without a graph. */
class RecordableUpdateTest {
    private static final int WARM_UP = 2;
    private static final int STEPS = 8;
    /** Steps with infinite gradients under loss scaling, in the warm-up and after it. */
    private static final Set<Integer> SKIPPED = Set.of(1, 3, 4);

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

    @ParameterizedTest
    @CsvSource({"FLAT, 0.9, false", "FLAT, 0.9, true", "EXACT, 0.9, false", "FLAT, 0, false"})
    void skippedSgdHasTheBitsOfTheEagerOne(UpdatePath path, double momentum, boolean nesterov) {
        SgdOptions options = new SgdOptions(0, nesterov);
        assertEqualBits(0.1, momentum, 0.0005, SKIPPED, group -> new Sgd(List.of(group), options, path));
    }

    @ParameterizedTest
    @CsvSource({"FLAT, 0", "FLAT, 0.01", "EXACT, 0.01"})
    void skippedAdamHasTheBitsOfTheEagerOne(UpdatePath path, double weightDecay) {
        AdamOptions options = new AdamOptions(0.99, 1e-6);
        assertEqualBits(0.01, 0.9, weightDecay, SKIPPED, group -> new Adam(List.of(group), options, path));
        assertEqualBits(0.01, 0.9, weightDecay, SKIPPED, group -> new AdamW(List.of(group), options, path));
    }

    /** The factors of an epoch are on the device before its steps are made, in whose middle a checkpoint may be written. */
    @Test
    void aCheckpointDoesNotChangeTheFactorsOfLaterSteps() {
        try (PointerScope scope = new PointerScope()) {
            Map<String, Tensor> parameters = parameters();
            ParameterGroup group = new ParameterGroup(new FlatParameters(parameters, Layout.CONTIGUOUS), 0.1, 0.9, 0);
            Adam adam = new Adam(List.of(group), AdamOptions.DEFAULT, UpdatePath.FLAT);
            for (int step = 0; step < 3; step++) {
                parameters.values().forEach(p -> Golden.backward(p, torch.ones_like(p)));
                adam.step(torch.full(new long[] {1}, new Scalar(step == 1 ? 1.0 : 0.0)));
                adam.zeroGrad();
            }
            RecordableUpdate update = adam.recordable(torch.zeros(1)).orElseThrow();
            double[] before = update.factors(2)[0];
            assertThat(adam.stateDict().get("steps.0").data_ptr_long().get()).isEqualTo(2);
            assertThat(update.factors(2)[0]).isEqualTo(before);
        }
    }

    @Test
    void dampedUpdatesUnderLossScalingAreNotRecordable() {
        try (PointerScope scope = new PointerScope()) {
            ParameterGroup group = new ParameterGroup(new FlatParameters(parameters(), Layout.CONTIGUOUS), 0.1, 0.9, 0);
            Sgd sgd = new Sgd(List.of(group), new SgdOptions(0.3, false), UpdatePath.FLAT);
            assertThat(sgd.recordable(null)).isPresent();
            assertThat(sgd.recordable(torch.zeros(1))).isEmpty();
        }
    }

    @Test
    void fusedUpdatesAreNotRecordable() {
        try (PointerScope scope = new PointerScope()) {
            ParameterGroup group = new ParameterGroup(new FlatParameters(parameters(), Layout.CONTIGUOUS), 0.1, 0.9, 0);
            assertThat(new Sgd(List.of(group), new SgdOptions(0, false), UpdatePath.FUSED).recordable(null))
                    .isEmpty();
            assertThat(new Adam(List.of(group), AdamOptions.DEFAULT, UpdatePath.FUSED).recordable(null))
                    .isEmpty();
        }
    }

    private static void assertEqualBits(
            double rate, double momentum, double weightDecay, Function<ParameterGroup, Optimizer> kind) {
        assertEqualBits(rate, momentum, weightDecay, Set.of(), kind);
    }

    private static void assertEqualBits(
            double rate,
            double momentum,
            double weightDecay,
            Set<Integer> skipped,
            Function<ParameterGroup, Optimizer> kind) {
        try (PointerScope scope = new PointerScope()) {
            Map<String, Tensor> eager = train(rate, momentum, weightDecay, skipped, kind, false);
            Map<String, Tensor> recorded = train(rate, momentum, weightDecay, skipped, kind, true);
            eager.forEach((name, parameter) ->
                    assertThat(recorded.get(name).equal(parameter)).as(name).isTrue());
        }
    }

    private static Map<String, Tensor> train(
            double rate,
            double momentum,
            double weightDecay,
            Set<Integer> skipped,
            Function<ParameterGroup, Optimizer> kind,
            boolean recorded) {
        Map<String, Tensor> parameters = parameters();
        FlatParameters flat = new FlatParameters(parameters, Layout.CONTIGUOUS);
        ParameterGroup group = new ParameterGroup(flat, rate, momentum, weightDecay);
        Optimizer optimizer = kind.apply(group);
        Tensor foundInf = skipped.isEmpty() ? null : torch.zeros(1);
        for (int step = 0; step < STEPS; step++) {
            torch.manual_seed(step);
            boolean skip = skipped.contains(step);
            Scalar factor = new Scalar(skip ? Double.POSITIVE_INFINITY : 1);
            parameters
                    .values()
                    .forEach(p ->
                            Golden.backward(p, torch.randn_like(p.contiguous()).mul(factor)));
            if (foundInf != null) {
                foundInf.fill_(new Scalar(skip ? 1 : 0));
            }
            group.setLearningRate(rate / (step + 1));
            group.setMomentum(momentum == 0 ? 0 : momentum - 0.01 * step);
            if (recorded && step >= WARM_UP) {
                RecordableUpdate update = optimizer.recordable(foundInf).orElseThrow();
                update.record(onDevice(update.factors(0)));
                update.repeated();
            } else if (foundInf == null) {
                optimizer.step();
            } else {
                optimizer.step(foundInf);
            }
            optimizer.zeroGrad();
        }
        assertThat(optimizer
                        .stateDict()
                        .entries()
                        .get("steps.0")
                        .data_ptr_long()
                        .get())
                .isEqualTo(STEPS - skipped.size());
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

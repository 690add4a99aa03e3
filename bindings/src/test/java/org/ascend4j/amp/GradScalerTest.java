package org.ascend4j.amp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.ascend4j.device.Layout;
import org.ascend4j.optim.Adam;
import org.ascend4j.optim.AdamOptions;
import org.ascend4j.optim.AdamW;
import org.ascend4j.optim.FlatParameters;
import org.ascend4j.optim.Golden;
import org.ascend4j.optim.GradientClipping;
import org.ascend4j.optim.Optimizer;
import org.ascend4j.optim.ParameterGroup;
import org.ascend4j.optim.Sgd;
import org.ascend4j.optim.SgdOptions;
import org.ascend4j.optim.UpdatePath;
import org.ascend4j.state.StateDict;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares scaling, clipping and skipping with torch.amp.GradScaler (grad_scaler.py). */
class GradScalerTest {
    private static final int STEPS = 12;
    private static final double MAX_NORM = 12;
    private static final GradScaler.Options OPTIONS = new GradScaler.Options(1024, 2, 0.5, 3);

    private record Setting(
            String name,
            double learningRate,
            double momentum,
            double weightDecay,
            BiFunction<List<ParameterGroup>, UpdatePath, Optimizer> maker) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static final List<Setting> SETTINGS = List.of(
            new Setting("sgd", 0.1, 0.9, 0.01, (groups, path) -> new Sgd(groups, SgdOptions.DEFAULT, path)),
            new Setting("sgd_n", 0.1, 0.9, 0.01, (groups, path) -> new Sgd(groups, new SgdOptions(0, true), path)),
            new Setting("sgd_d", 0.1, 0.9, 0, (groups, path) -> new Sgd(groups, new SgdOptions(0.2, false), path)),
            new Setting("adam", 0.01, 0.9, 0.01, (groups, path) -> new Adam(groups, AdamOptions.DEFAULT, path)),
            new Setting("adamw", 0.01, 0.9, 0.01, (groups, path) -> new AdamW(groups, AdamOptions.DEFAULT, path)));

    private static final List<LossScaling> SCALINGS =
            List.of(new AtenLossScaling(OPTIONS), new ElementwiseLossScaling(OPTIONS));

    static Stream<Arguments> cases() {
        List<Arguments> cases = new ArrayList<>();
        for (Setting setting : SETTINGS) {
            for (UpdatePath path : UpdatePath.values()) {
                for (LossScaling scaling : SCALINGS) {
                    cases.add(Arguments.of(setting, path, scaling, List.of(List.of("weight", "bias"))));
                    cases.add(Arguments.of(setting, path, scaling, List.of(List.of("weight"), List.of("bias"))));
                }
            }
        }
        return cases.stream();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void agreesWithTorchHoweverParametersAreGrouped(
            Setting setting, UpdatePath path, LossScaling scaling, List<List<String>> names) {
        try (PointerScope scope = new PointerScope()) {
            StateDict golden = Golden.read("scaler.safetensors");
            Map<String, Tensor> parameters = Golden.parameters(Golden.under(golden, "start/"));
            List<ParameterGroup> groups = names.stream()
                    .map(members -> group(setting, members, parameters))
                    .toList();
            Optimizer optimizer = setting.maker.apply(groups, path);
            GradScaler scaler =
                    new GradScaler(OPTIONS, groups.get(0).parameters().values(), scaling);
            for (int step = 1; step <= STEPS; step++) {
                String prefix = setting.name + "/" + step + "/";
                assertThat(scaler.currentScale())
                        .as(prefix)
                        .isEqualTo(golden.get(prefix + "scale").item_float());
                Map<String, Tensor> gradients = Golden.under(golden, "gradient" + step + "/");
                Tensor loss =
                        parameters.get("weight").mul(gradients.get("weight")).sum();
                loss = loss.add(
                        parameters.get("bias").mul(gradients.get("bias")).sum());
                scaler.scale(loss).backward();
                scaler.unscale(optimizer);
                float norm = GradientClipping.byGlobalNorm(optimizer, MAX_NORM).item_float();
                assertSame(norm, golden.get(prefix + "norm").item_float());
                scaler.step(optimizer);
                scaler.update();
                optimizer.zeroGrad();
                for (String name : parameters.keySet()) {
                    assertThat(Golden.difference(parameters.get(name), golden.get(prefix + name)))
                            .as(prefix + name)
                            .isLessThan(1e-6);
                }
            }
            assertThat(scaler.skippedSteps()).isEqualTo(3);
            for (int i = 0; i < groups.size(); i++) {
                assertThat(steps(optimizer, i, names.get(i).size())).containsOnly(STEPS - 3);
            }
        }
    }

    private static ParameterGroup group(Setting setting, List<String> members, Map<String, Tensor> parameters) {
        Map<String, Tensor> own = new LinkedHashMap<>();
        members.forEach(name -> own.put(name, parameters.get(name)));
        return new ParameterGroup(
                new FlatParameters(own, Layout.CONTIGUOUS),
                setting.learningRate,
                setting.momentum,
                setting.weightDecay);
    }

    private static long[] steps(Optimizer optimizer, int group, int parameters) {
        long[] steps = new long[parameters];
        optimizer.stateDict().get("steps." + group).data_ptr_long().get(steps, 0, parameters);
        return steps;
    }

    @Test
    void discardedGradientsSkipNothing() {
        try (PointerScope scope = new PointerScope()) {
            Map<String, Tensor> parameters = Golden.parameters(Map.of("weight", torch.ones(2)));
            FlatParameters flat = new FlatParameters(parameters, Layout.CONTIGUOUS);
            Optimizer sgd = new Sgd(List.of(new ParameterGroup(flat, 0.5, 0, 0)), SgdOptions.DEFAULT, UpdatePath.FLAT);
            GradScaler scaler = new GradScaler(OPTIONS, flat.values());
            Golden.backward(parameters.get("weight"), torch.full(new long[] {2}, new Scalar(Float.POSITIVE_INFINITY)));
            scaler.unscale(sgd);
            assertThat(scaler.foundInf().item_float()).isEqualTo(1);
            scaler.discard();
            sgd.zeroGrad();
            Golden.backward(parameters.get("weight"), torch.full(new long[] {2}, new Scalar(1024.0)));
            scaler.step(sgd);
            scaler.update();
            assertThat(parameters.get("weight").sum().item_float()).isEqualTo(1);
            assertThat(scaler.skippedSteps()).isZero();
        }
    }

    private static void assertSame(float found, float expected) {
        if (Float.isFinite(expected)) {
            assertThat(found).isCloseTo(expected, within(1e-6f * expected));
        } else {
            assertThat(Float.compare(found, expected)).isZero();
        }
    }
}

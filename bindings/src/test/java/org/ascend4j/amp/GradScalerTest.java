package org.ascend4j.amp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
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
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Scaling, clipping and skipping against torch.amp.GradScaler (grad_scaler.py). */
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
                SCALINGS.forEach(scaling -> cases.add(Arguments.of(setting, path, scaling)));
            }
        }
        return cases.stream();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void agreesWithTorch(Setting setting, UpdatePath path, LossScaling scaling) {
        try (PointerScope scope = new PointerScope()) {
            StateDict golden = Golden.read("scaler.safetensors");
            Map<String, Tensor> parameters = Golden.parameters(Golden.under(golden, "start/"));
            FlatParameters flat = new FlatParameters(parameters, Layout.CONTIGUOUS);
            ParameterGroup group =
                    new ParameterGroup(flat, setting.learningRate, setting.momentum, setting.weightDecay);
            Optimizer optimizer = setting.maker.apply(List.of(group), path);
            GradScaler scaler = new GradScaler(OPTIONS, flat.values(), scaling);
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
            assertThat(steps(optimizer)).containsExactly(STEPS - 3, STEPS - 3);
        }
    }

    private static long[] steps(Optimizer optimizer) {
        long[] steps = new long[2];
        optimizer.stateDict().get("steps.0").data_ptr_long().get(steps, 0, 2);
        return steps;
    }

    private static void assertSame(float found, float expected) {
        if (Float.isFinite(expected)) {
            assertThat(found).isCloseTo(expected, within(1e-6f * expected));
        } else {
            assertThat(Float.compare(found, expected)).isZero();
        }
    }
}

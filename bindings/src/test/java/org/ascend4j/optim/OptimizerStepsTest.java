package org.ascend4j.optim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.ascend4j.device.Layout;
import org.ascend4j.state.StateDict;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares steps of every optimiser on every path with torch's (optimizer_steps.py). */
class OptimizerStepsTest {
    private static final int STEPS = 5;

    private interface Maker {
        Optimizer make(List<ParameterGroup> groups, UpdatePath path);
    }

    private record Setting(String name, double learningRate, double momentum, double weightDecay, Maker maker) {
        static Setting sgd(String name, double momentum, double weightDecay, SgdOptions options) {
            return new Setting(name, 0.1, momentum, weightDecay, (groups, path) -> new Sgd(groups, options, path));
        }

        static Setting adam(String name, double beta1, double weightDecay, AdamOptions options) {
            return new Setting(name, 0.01, beta1, weightDecay, (groups, path) -> new Adam(groups, options, path));
        }

        /**
         * Returns 0 (the same bits) for SGD on the exact path, else 1e-6: the wheel that wrote Adam's values takes square roots from MKL, which does not round
         * them correctly.
         */
        double tolerance(UpdatePath path) {
            return path == UpdatePath.EXACT && name.startsWith("sgd") ? 0 : 1e-6;
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static final List<Setting> SETTINGS = List.of(
            Setting.sgd("sgd", 0, 0, SgdOptions.DEFAULT),
            Setting.sgd("sgd_wd", 0, 5e-4, SgdOptions.DEFAULT),
            Setting.sgd("sgd_m", 0.9, 0, SgdOptions.DEFAULT),
            Setting.sgd("sgd_m_wd", 0.9, 5e-4, SgdOptions.DEFAULT),
            Setting.sgd("sgd_m_d_wd", 0.9, 0.01, new SgdOptions(0.3, false)),
            Setting.sgd("sgd_n_wd", 0.9, 0.01, new SgdOptions(0, true)),
            Setting.adam("adam", 0.9, 0, AdamOptions.DEFAULT),
            Setting.adam("adam_wd", 0.8, 0.01, new AdamOptions(0.95, 1e-6)),
            new Setting("adamw", 0.01, 0.9, 0.05, (groups, path) -> new AdamW(groups, AdamOptions.DEFAULT, path)));

    static Stream<Arguments> cases() {
        List<Arguments> cases = new ArrayList<>();
        for (Setting setting : SETTINGS) {
            for (UpdatePath path : UpdatePath.values()) {
                for (Layout layout : Layout.values()) {
                    cases.add(Arguments.of(setting, path, layout));
                }
            }
        }
        return cases.stream();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void agreesWithTorch(Setting setting, UpdatePath path, Layout layout) {
        try (PointerScope scope = new PointerScope()) {
            StateDict golden = Golden.read("steps.safetensors");
            Map<String, Tensor> parameters = Golden.parameters(Golden.under(golden, "start/"));
            try (FlatParameters flat = new FlatParameters(parameters, layout)) {
                ParameterGroup group =
                        new ParameterGroup(flat, setting.learningRate, setting.momentum, setting.weightDecay);
                try (Optimizer optimizer = setting.maker.make(List.of(group), path)) {
                    for (int step = 1; step <= STEPS; step++) {
                        if (step == 3) {
                            group.setLearningRate(group.learningRate() * 0.7);
                            group.setMomentum(group.momentum() == 0 ? 0 : group.momentum() - 0.05);
                        }
                        Map<String, Tensor> gradients = Golden.under(golden, "gradient" + step + "/");
                        gradients.forEach((name, gradient) -> Golden.backward(parameters.get(name), gradient));
                        optimizer.step();
                        optimizer.zeroGrad();
                        Golden.under(golden, setting.name + "/" + step + "/").forEach((name, expected) -> assertThat(
                                        Golden.difference(parameters.get(name), expected))
                                .as(name)
                                .isLessThanOrEqualTo(setting.tolerance(path)));
                    }
                }
            }
        }
    }
}

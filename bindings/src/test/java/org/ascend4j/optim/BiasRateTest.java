package org.ascend4j.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ascend4j.Ascend4jException;
import org.ascend4j.nn.BatchNorm2d;
import org.ascend4j.nn.Conv2d;
import org.ascend4j.nn.Sequential;
import org.ascend4j.optim.named.Optimizers;
import org.ascend4j.runtime.TorchRuntime;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Compares the learning rate factor of biases with closed forms; all numbers are exact in binary. */
class BiasRateTest {
    private static final float START = 2;

    @BeforeAll
    static void load() {
        TorchRuntime.load();
    }

    @Test
    void biasesOfNormsStepFurtherAndDecayAsTheOtherWeightsDo() {
        Map<String, Float> after = step(optimizer().put("bias_lr_factor", 4));
        // w - lr (1 + decay w) for the gradient 1; b - 4 lr (1 + decay / 4 b).
        assertThat(after)
                .containsOnly(
                        Map.entry("conv.weight", START - 0.25f * (1 + 0.5f * START)),
                        Map.entry("conv.bias", START - 0.25f * (1 + 0.5f * START)),
                        Map.entry("bn.weight", START - 0.25f * (1 + 0.5f * START)),
                        Map.entry("bn.bias", START - 4 * 0.25f * (1 + 0.125f * START)));
    }

    @Test
    void theFactorWorksBesideDecayOfWeightsOnly() {
        Map<String, Float> after = step(optimizer().put("bias_lr_factor", 4).put("decay_biases_and_norms", false));
        assertThat(after)
                .containsOnly(
                        Map.entry("conv.weight", START - 0.25f * (1 + 0.5f * START)),
                        Map.entry("conv.bias", START - 0.25f),
                        Map.entry("bn.weight", START - 0.25f),
                        Map.entry("bn.bias", START - 4 * 0.25f));
    }

    @Test
    void byDefaultThereIsOneGroup() {
        try (Sequential model = model();
                Optimizer optimizer =
                        Optimizers.over(model, Optimizers.read(optimizer())).build()) {
            assertThat(optimizer.learningRates()).isEqualTo(List.of(0.25));
        }
    }

    @Test
    void aModelWithoutNormsIsRefused() {
        try (Sequential model = new Sequential().add("conv", new Conv2d(1, 1, 1, 1, 0, true))) {
            assertThatThrownBy(() ->
                            Optimizers.over(model, Optimizers.read(optimizer().put("bias_lr_factor", 4))))
                    .isInstanceOf(Ascend4jException.class)
                    .hasMessage("optimizer.bias_lr_factor expects a model with normalisations that have biases, found"
                            + " none; set it to 1");
        }
    }

    private static ObjectNode optimizer() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("type", "sgd")
                .put("lr", 0.25)
                .put("weight_decay", 0.5);
    }

    private static Sequential model() {
        return new Sequential().add("conv", new Conv2d(1, 1, 1, 1, 0, true)).add("bn", new BatchNorm2d(1));
    }

    /** Returns the parameters, all {@link #START} at first, after a step with gradients of 1. */
    private static Map<String, Float> step(ObjectNode settings) {
        try (PointerScope scope = new PointerScope();
                Sequential model = model();
                Optimizer optimizer =
                        Optimizers.over(model, Optimizers.read(settings)).build()) {
            Map<String, Tensor> parameters = model.namedParameters();
            try (NoGradGuard noGrad = new NoGradGuard()) {
                parameters.values().forEach(parameter -> parameter.fill_(new Scalar(START)));
            }
            parameters.values().forEach(parameter -> parameter.sum().backward());
            optimizer.step();
            Map<String, Float> values = new HashMap<>();
            parameters.forEach((name, parameter) -> values.put(name, parameter.item_float()));
            return values;
        }
    }
}

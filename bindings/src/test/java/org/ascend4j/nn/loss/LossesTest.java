package org.ascend4j.nn.loss;

import static org.ascend4j.nn.PythonCases.assertValues;
import static org.ascend4j.nn.PythonCases.integers;
import static org.ascend4j.nn.PythonCases.ramp;

import com.fasterxml.jackson.databind.JsonNode;
import org.ascend4j.nn.PythonCases;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Compares values and gradients of losses with Python's, which nn_goldens.py writes. */
class LossesTest {
    private static final JsonNode GOLDEN = PythonCases.read("loss/losses.json");

    private PointerScope scope;
    private Tensor logits;
    private Tensor labels;
    private Tensor shares;
    private Tensor weights;

    @BeforeEach
    void open() {
        scope = new PointerScope();
        logits = ramp(4, 3).mul(new Scalar(3.0));
        labels = integers(3, 4);
        shares = torch.softmax(logits.flip(0), 1);
        weights = torch.tensor(0.5f, 1f, 2f);
    }

    @AfterEach
    void close() {
        scope.close();
    }

    @Test
    void crossEntropy() {
        check("crossEntropy", new CrossEntropyLoss(), logits, labels);
        check("crossEntropyOfShares", new CrossEntropyLoss(), logits, shares);
        Tensor maps = ramp(2, 3, 2, 2).mul(new Scalar(3.0));
        check("crossEntropyOfMaps", new CrossEntropyLoss(), maps, integers(3, 2, 2, 2));
    }

    @Test
    void crossEntropyWithOptions() {
        check("labelSmoothing", CrossEntropyLoss.builder().labelSmoothing(0.1).build(), logits, labels);
        check(
                "classWeights",
                CrossEntropyLoss.builder()
                        .classWeights(weights)
                        .labelSmoothing(0.1)
                        .build(),
                logits,
                labels);
        check("ignoredLabel", CrossEntropyLoss.builder().ignoredLabel(1).build(), logits, labels);
        check(
                "crossEntropySum",
                CrossEntropyLoss.builder().reduction(Reduction.SUM).build(),
                logits,
                labels);
        check(
                "crossEntropyNone",
                CrossEntropyLoss.builder().reduction(Reduction.NONE).build(),
                logits,
                labels);
    }

    @Test
    void negativeLogLikelihood() {
        check("nll", new NLLLoss(), logits, labels);
        check("nllClassWeights", new NLLLoss(weights, Reduction.SUM), logits, labels);
    }

    @Test
    void binaryCrossEntropy() {
        check("bceWithLogits", new BCEWithLogitsLoss(), logits, shares);
        check("bcePositiveWeight", new BCEWithLogitsLoss(weights, Reduction.MEAN), logits, shares);
    }

    @Test
    void differences() {
        check("mse", new MSELoss(), logits, shares);
        check("l1", new L1Loss(Reduction.SUM), logits, shares);
        check("smoothL1", new SmoothL1Loss(0.5, Reduction.MEAN), logits, shares);
    }

    private static void check(String key, Loss loss, Tensor output, Tensor target) {
        Tensor leaf = output.clone().set_requires_grad(true);
        Tensor value = loss.forward(leaf, target);
        assertValues(value, GOLDEN.get(key).get("value"));
        value.mul(ramp(value.shape())).sum().backward();
        assertValues(leaf.grad(), GOLDEN.get(key).get("gradient"));
    }
}

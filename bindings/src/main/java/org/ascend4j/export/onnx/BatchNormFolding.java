package org.ascend4j.export.onnx;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ascend4j.export.TracedNode;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Folds batch norms into the preceding convolutions: if only a batch norm reads a convolution's result, its factors and shifts move into the convolution's
 * weights.
 */
final class BatchNormFolding {
    /**
     * A convolution's weights including a folded batch norm; the tensors belong to the open scope.
     *
     * @param weight replaces the convolution's weight
     * @param bias replaces the convolution's bias, or a missing one
     */
    record Folded(Tensor weight, Tensor bias) {}

    private BatchNormFolding() {}

    /** Returns the folded weights by the ids of the convolutions' results. */
    static Map<Integer, Folded> of(List<TracedNode> nodes, Values values) {
        Map<Integer, TracedNode> convolutions = new HashMap<>();
        Map<Integer, Folded> folded = new HashMap<>();
        for (TracedNode node : nodes) {
            if (node.kind().equals("aten::_convolution")) {
                convolutions.put(node.outputs().get(0).id(), node);
            } else if (node.kind().equals("aten::batch_norm")) {
                int input = node.inputs().get(0);
                TracedNode convolution = convolutions.get(input);
                if (convolution != null && values.uses(input) == 1 && isOrdinary(convolution, values)) {
                    folded.put(input, fold(convolution, node, values));
                }
            }
        }
        return folded;
    }

    private static boolean isOrdinary(TracedNode convolution, Values values) {
        return Boolean.FALSE.equals(values.literal(convolution.inputs().get(6)))
                && values.weight(convolution.inputs().get(1)) != null;
    }

    private static Folded fold(TracedNode convolution, TracedNode norm, Values values) {
        Tensor weight = values.weight(convolution.inputs().get(1));
        Tensor mean = values.weight(norm.inputs().get(3));
        double epsilon = ((Number) values.literal(norm.inputs().get(7))).doubleValue();
        Tensor factor =
                values.weight(norm.inputs().get(4)).add(new Scalar(epsilon)).rsqrt();
        Tensor scale = values.weight(norm.inputs().get(1));
        if (scale != null) {
            factor = factor.mul(scale);
        }
        Tensor bias = values.weight(convolution.inputs().get(2));
        Tensor shifted =
                (bias == null ? torch.zeros_like(mean) : bias).sub(mean).mul(factor);
        Tensor shift = values.weight(norm.inputs().get(2));
        long[] perOutput = new long[(int) weight.dim()];
        Arrays.fill(perOutput, 1);
        perOutput[0] = -1;
        return new Folded(weight.mul(factor.reshape(perOutput)), shift == null ? shifted : shifted.add(shift));
    }
}

package org.ascend4j.trainer.model.googlenet;

import static org.bytedeco.pytorch.global.torch.cat;

import org.ascend4j.nn.BatchNorm2d;
import org.ascend4j.nn.Conv2d;
import org.ascend4j.nn.MaxPool2d;
import org.ascend4j.nn.joint.ConcatenatedUnits;
import org.ascend4j.nn.joint.ConvUnit;
import org.ascend4j.nn.joint.JointLayer;
import org.ascend4j.nn.joint.JointUnits;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;

/**
 * The Inception block with dimension reductions (<a href="https://arxiv.org/abs/1409.4842">Szegedy et al.</a>, figure
 * 2b), under the Ascend tutorial's names.
 *
 * <p>With batch normalisation, {@code p2_1} has no bias and is followed by {@code p2_1_bn}, so the convolutions' names
 * stay the same.
 */
final class Inception extends JointLayer {
    private final ConvUnit p1;
    private final ConvUnit p2Reduce;
    private final ConvUnit p2;
    private final ConvUnit p3Reduce;
    private final ConvUnit p3;
    private final MaxPool2d p4Pool;
    private final ConvUnit p4;
    private final JointUnits entry;
    private final ConcatenatedUnits exit;

    Inception(int in, InceptionWidths widths, GoogLeNetConfig config) {
        super("Inception");
        p1 = unit("p1_1", in, widths.p1(), 1, config);
        p2Reduce = unit("p2_1", in, widths.p2Reduce(), 1, config);
        p2 = unit("p2_2", widths.p2Reduce(), widths.p2(), 3, config);
        p3Reduce = unit("p3_1", in, widths.p3Reduce(), 1, config);
        p3 = unit("p3_2", widths.p3Reduce(), widths.p3(), 5, config);
        p4Pool = child("p4_1", new MaxPool2d(3, 1, 1, false));
        p4 = unit("p4_2", in, widths.p4(), 1, config);
        entry = new JointUnits(p1, p2Reduce, p3Reduce);
        joint(entry.tensors());
        exit = new ConcatenatedUnits(p2, p3, p4);
    }

    @Override
    protected Tensor compute(Tensor input) {
        return entry.joined() ? computeJoined(input) : computeBranches(input);
    }

    /** Computes the same output with one convolution instead of three; norms and rectifiers are computed while maps are split and concatenated. */
    private Tensor computeJoined(Tensor input) {
        try (TensorVector read = entry.forward(input);
                Tensor branch1 = read.get(0);
                Tensor reduced2 = read.get(1);
                Tensor reduced3 = read.get(2);
                Tensor pooled = p4Pool.forward(input)) {
            return exit.forward(branch1, reduced2, reduced3, pooled);
        }
    }

    private Tensor computeBranches(Tensor input) {
        try (Tensor branch1 = p1.forward(input);
                Tensor reduced2 = p2Reduce.forward(input);
                Tensor branch2 = p2.forward(reduced2);
                Tensor reduced3 = p3Reduce.forward(input);
                Tensor branch3 = p3.forward(reduced3);
                Tensor pooled = p4Pool.forward(input);
                Tensor branch4 = p4.forward(pooled);
                TensorVector branches = new TensorVector(branch1, branch2, branch3, branch4)) {
            return cat(branches, 1);
        }
    }

    private ConvUnit unit(String name, int in, int out, int kernel, GoogLeNetConfig config) {
        Conv2d convolution = child(name, new Conv2d(in, out, kernel, 1, kernel / 2, !config.batchNorm()));
        BatchNorm2d norm = config.batchNorm() ? child(name + "_bn", config.norm(out)) : null;
        return new ConvUnit(convolution, norm);
    }
}

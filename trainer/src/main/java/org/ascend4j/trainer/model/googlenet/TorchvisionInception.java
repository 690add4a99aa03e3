package org.ascend4j.trainer.model.googlenet;

import static org.bytedeco.pytorch.global.torch.cat;

import org.ascend4j.nn.Layer;
import org.ascend4j.nn.MaxPool2d;
import org.ascend4j.nn.Sequential;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;

/** torchvision's {@code Inception}: {@code branch1} to {@code branch4}. Its third branch has a 3x3 kernel; the paper's has 5x5. */
final class TorchvisionInception extends Layer {
    private final BasicConv2d branch1;
    private final Sequential branch2;
    private final Sequential branch3;
    private final Sequential branch4;

    TorchvisionInception(int in, InceptionWidths widths) {
        super("Inception");
        branch1 = child("branch1", new BasicConv2d(in, widths.p1(), 1));
        branch2 = child(
                "branch2",
                new Sequential(
                        new BasicConv2d(in, widths.p2Reduce(), 1), new BasicConv2d(widths.p2Reduce(), widths.p2(), 3)));
        branch3 = child(
                "branch3",
                new Sequential(
                        new BasicConv2d(in, widths.p3Reduce(), 1), new BasicConv2d(widths.p3Reduce(), widths.p3(), 3)));
        branch4 = child("branch4", new Sequential(new MaxPool2d(3, 1, 1, true), new BasicConv2d(in, widths.p4(), 1)));
    }

    @Override
    protected Tensor compute(Tensor input) {
        try (Tensor first = branch1.forward(input);
                Tensor second = branch2.forward(input);
                Tensor third = branch3.forward(input);
                Tensor fourth = branch4.forward(input);
                TensorVector branches = new TensorVector(first, second, third, fourth)) {
            return cat(branches, 1);
        }
    }
}

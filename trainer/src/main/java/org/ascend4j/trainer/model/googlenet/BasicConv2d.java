package org.ascend4j.trainer.model.googlenet;

import org.ascend4j.nn.BatchNorm2d;
import org.ascend4j.nn.Conv2d;
import org.ascend4j.nn.Layer;
import org.ascend4j.nn.joint.ConvUnit;
import org.bytedeco.pytorch.Tensor;

/** torchvision's {@code BasicConv2d}: {@code conv} without bias, {@code bn} with epsilon 0.001, and a rectifier. */
final class BasicConv2d extends Layer {
    private static final double EPSILON = 0.001;

    private final ConvUnit unit;

    BasicConv2d(int in, int out, int kernel) {
        this(in, out, kernel, 1);
    }

    BasicConv2d(int in, int out, int kernel, int stride) {
        super("BasicConv2d");
        unit = new ConvUnit(
                child("conv", new Conv2d(in, out, kernel, stride, kernel / 2, false)),
                child("bn", new BatchNorm2d(out, EPSILON)));
    }

    @Override
    protected Tensor compute(Tensor input) {
        return unit.forward(input);
    }
}

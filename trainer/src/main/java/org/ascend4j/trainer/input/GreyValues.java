package org.ascend4j.trainer.input;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/** The grey values of images: torchvision's {@code rgb_to_grayscale}, with the weights of ITU-R BT.601. */
final class GreyValues {
    private GreyValues() {}

    /** Returns the grey values of B x 3 x H x W as B x 1 x H x W; images with another number of channels stay. */
    static Tensor of(Tensor images) {
        if (images.size(1) != 3) {
            return images;
        }
        Tensor red = images.narrow(1, 0, 1).mul(new Scalar(0.2989));
        Tensor green = images.narrow(1, 1, 1).mul(new Scalar(0.587));
        Tensor blue = images.narrow(1, 2, 1).mul(new Scalar(0.114));
        return red.add_(green).add_(blue);
    }
}

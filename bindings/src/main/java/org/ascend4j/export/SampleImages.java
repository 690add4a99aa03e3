package org.ascend4j.export;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Images with which networks are recorded and compared.
 *
 * @since 0.1.0
 */
public final class SampleImages {
    private SampleImages() {}

    /**
     * Creates images with values from -1 to 1, all of them different, and different for each batch size. It does not use torch's random generator, whose state
     * belongs to the caller.
     *
     * @param extents the extents of one image
     * @return {@code batch x extents}, in the caller's scope
     */
    public static Tensor of(int batch, long... extents) {
        long[] shape = new long[extents.length + 1];
        shape[0] = batch;
        System.arraycopy(extents, 0, shape, 1, extents.length);
        long count = 1;
        for (long extent : shape) {
            count *= extent;
        }
        return torch.arange(new Scalar((double) count))
                .mul(new Scalar(0.37 * batch))
                .sin()
                .reshape(shape);
    }
}

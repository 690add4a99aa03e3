package org.ascend4j.trainer.export;

import java.util.List;
import org.ascend4j.nn.Layer;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * A layer that prepares test images as {@link org.ascend4j.trainer.input.InputPipeline} does: resize, scale to [0, 1],
 * normalise.
 *
 * <p>It takes {@code N x C x H x W} bytes, or floats from 0 to 1.
 *
 * @since 0.1.0
 */
public final class Preparation extends Layer {
    private final ModelCard card;
    private final Tensor mean;
    private final Tensor std;
    private final Scalar full = own(new Scalar(255.0));

    /** Makes the preparation for a model's images. */
    public Preparation(ModelCard card) {
        super("Preparation");
        this.card = card;
        mean = buffer("mean", perChannel(card.mean()));
        std = buffer("std", perChannel(card.std()));
        train(false);
    }

    private static Tensor perChannel(List<Double> values) {
        float[] floats = new float[values.size()];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = values.get(i).floatValue();
        }
        return torch.tensor(floats).reshape(1, floats.length, 1, 1);
    }

    @Override
    protected Tensor compute(Tensor images) {
        boolean bytes = images.scalar_type().intern() == ScalarType.Byte;
        Tensor values = bytes ? images.to(ScalarType.Float) : images;
        if (card.resizes()) {
            Tensor pixels = bytes ? values : values.mul(full);
            long[] size = {card.inputHeight(), card.inputWidth()};
            // Rounded to whole values, as in Pillow.
            values = torch.upsample_bilinear2d(pixels, size, false).round().div(full);
        } else if (bytes) {
            values = values.div(full);
        }
        return values.sub(mean).div(std);
    }
}

package org.ascend4j.trainer.input;

import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;

/**
 * Mixes each image of a batch with the one before it, as torchvision's {@code v2.MixUp} and {@code v2.CutMix}, which mix a batch with itself rolled by one.
 *
 * <p>The host draws the {@link Mixture}, so nothing is uploaded. A batch takes four launches with mixup and three with CutMix.
 */
final class BatchMixing {
    private BatchMixing() {}

    /** Mixes a batch. */
    static Batch mix(Batch batch, Mixture mixture) {
        Tensor images = batch.images();
        if (mixture.share() < 1) {
            images = mixUp(images, new Factor.OnHost(mixture.share()), new Factor.OnHost(1 - mixture.share()));
        }
        if (mixture.right() > mixture.left() && mixture.bottom() > mixture.top()) {
            Tensor patch = images.narrow(2, mixture.top(), mixture.bottom() - mixture.top())
                    .narrow(3, mixture.left(), mixture.right() - mixture.left());
            patch.copy_(rolled(patch));
        }
        return mixed(batch, images, new Factor.OnHost(mixture.own()), new Factor.OnHost(1 - mixture.own()));
    }

    /** Mixes a batch with a mixture on the device: one fp32 element for each number. */
    static Batch mix(Batch batch, Augmentation augmentation, Map<Mixture.Number, Tensor> mixture) {
        Tensor images = batch.images();
        if (augmentation.mixup() > 0) {
            images = mixUp(images, factor(mixture, Mixture.Number.SHARE), factor(mixture, Mixture.Number.OTHER_SHARE));
        }
        if (augmentation.cutmix() > 0) {
            Tensor rows = inside(images, 2, mixture.get(Mixture.Number.TOP), mixture.get(Mixture.Number.BOTTOM));
            Tensor columns = inside(images, 3, mixture.get(Mixture.Number.LEFT), mixture.get(Mixture.Number.RIGHT));
            images = torch.where(rows.view(-1, 1).logical_and(columns), rolled(images), images);
        }
        return mixed(batch, images, factor(mixture, Mixture.Number.OWN), factor(mixture, Mixture.Number.OTHER));
    }

    private static Factor factor(Map<Mixture.Number, Tensor> mixture, Mixture.Number number) {
        return new Factor.OnDevice(mixture.get(number));
    }

    /** Returns which places of a dimension are at {@code from} or after it and before {@code to}. */
    private static Tensor inside(Tensor images, int dimension, Tensor from, Tensor to) {
        TensorOptions options = images.options();
        Tensor places = torch.arange(new Scalar(images.size(dimension)), options);
        return places.ge(from).logical_and(places.lt(to));
    }

    private static Tensor mixUp(Tensor images, Factor share, Factor rest) {
        return rest.addTo(share.times(images), rolled(images));
    }

    private static Tensor rolled(Tensor values) {
        return values.roll(new long[] {1}, 0);
    }

    private static Batch mixed(Batch batch, Tensor images, Factor own, Factor other) {
        return new Batch(images, batch.labels(), batch.size(), rolled(batch.labels()), own, other);
    }
}

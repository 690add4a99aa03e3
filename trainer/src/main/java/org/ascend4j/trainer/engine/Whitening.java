package org.ascend4j.trainer.engine;

import org.ascend4j.Ascend4jException;
import org.ascend4j.device.DeviceBackend;
import org.ascend4j.nn.Conv2d;
import org.ascend4j.trainer.data.ImageSet;
import org.ascend4j.trainer.input.DeviceImages;
import org.ascend4j.trainer.input.EpochPlan;
import org.ascend4j.trainer.input.InputPipeline;
import org.ascend4j.trainer.model.ImageClassifier;
import org.ascend4j.trainer.recipe.FirstLayer;
import org.ascend4j.trainer.recipe.InputSettings;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.T_TensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Sets a network's first convolution to filters that whiten patches of the training images, as in
 * <a href="https://arxiv.org/abs/2404.00498">airbench</a>: the eigenvectors of the patches' second moments, each divided
 * by the root of its eigenvalue, and their negatives.
 *
 * <p>An eigenvector's entry with the largest magnitude is positive. With more patch values than half of the filters, those
 * with the largest eigenvalues are taken; with fewer, the remaining filters keep their initialisation.
 *
 * @since 0.1.0
 */
public final class Whitening {
    /** The images that airbench measures, and its constant beside the eigenvalues. */
    private static final int IMAGES = 5000;

    private static final double EPSILON = 5e-4;

    /** The number of patches that suffices for larger images. */
    private static final long MOST_PATCHES = 5_000_000;

    /** The number of values of a chunk's patches, which are in memory at once. */
    private static final long CHUNK_VALUES = 16_000_000;

    private Whitening() {}

    /** Freezes the first convolution's weights if the setting says that. */
    public static void freeze(ImageClassifier model, FirstLayer setting) {
        if (setting == FirstLayer.WHITENED_FROZEN) {
            first(model).weight().set_requires_grad(false);
        }
    }

    /** Sets the first convolution's weights if the setting says that; the network is still on the host. */
    public static void apply(
            ImageClassifier model, ImageSet images, DeviceBackend device, InputSettings input, FirstLayer setting) {
        if (setting == FirstLayer.INITIALISED) {
            return;
        }
        try (PointerScope scope = new PointerScope();
                NoGradGuard noGrad = new NoGradGuard()) {
            Tensor weight = first(model).weight();
            if (weight.size(1) != images.channels()) {
                throw new Ascend4jException("first_layer expects a first convolution of the images' channels, "
                        + images.channels() + ", found one of " + weight.size(1) + "; set first_layer to initialised");
            }
            Tensor filters = filters(moments(images, device, input, weight), weight.size(0) / 2);
            weight.narrow(0, 0, filters.size(0))
                    .copy_(filters.view(-1, weight.size(1), weight.size(2), weight.size(3)));
        }
    }

    private static Conv2d first(ImageClassifier model) {
        return model.tree().stream()
                .filter(Conv2d.class::isInstance)
                .map(Conv2d.class::cast)
                .findFirst()
                .orElseThrow(() -> new Ascend4jException("first_layer expects a model with a convolution, found none;"
                        + " set first_layer to initialised"));
    }

    /** Returns the mean of the products of each two values of a patch, in float64. */
    private static Tensor moments(ImageSet images, DeviceBackend device, InputSettings input, Tensor weight) {
        long values = weight.size(1) * weight.size(2) * weight.size(3);
        long pixels = (long) input.side(images.height()) * input.side(images.width());
        int size = (int) Math.min(Math.min(IMAGES, images.size()), Math.max(1, MOST_PATCHES / pixels));
        int chunk = (int) Math.max(1, CHUNK_VALUES / (pixels * values));
        Tensor sum = torch.zeros(values, values).to(ScalarType.Double);
        long patches = 0;
        try (DeviceImages source = DeviceImages.onHost(images);
                InputPipeline pipeline = TrainingData.pipeline(source, device, input)) {
            pipeline.start(EpochPlan.sequential(images.size()));
            for (int first = 0; first < size; first += chunk) {
                try (PointerScope scope = new PointerScope()) {
                    Tensor batch = pipeline.batch(first, Math.min(chunk, size - first))
                            .images()
                            .cpu();
                    long[] kernel = {weight.size(2), weight.size(3)};
                    Tensor columns = torch.im2col(batch, kernel, new long[] {1, 1}, new long[] {0, 0}, 1, 1);
                    Tensor rows = columns.permute(1, 0, 2).reshape(values, -1);
                    sum.add_(rows.mm(rows.t()).to(ScalarType.Double));
                    patches += rows.size(1);
                }
            }
        }
        return sum.div_(new Scalar(patches));
    }

    /** Returns the filters of the {@code most} largest eigenvalues and their negatives, one in a row. */
    private static Tensor filters(Tensor moments, long most) {
        T_TensorTensor_T parts = torch.linalg_eigh(moments);
        long values = moments.size(0);
        long count = Math.min(most, values);
        Tensor eigenvalues = parts.get0().narrow(0, values - count, count).flip(0);
        Tensor vectors = parts.get1().t().narrow(0, values - count, count).flip(0);
        Tensor largest = vectors.gather(1, vectors.abs().argmax(new LongOptional(1), true));
        Tensor scaled = vectors.mul(largest.sign())
                .div(eigenvalues.add(new Scalar(EPSILON)).sqrt().view(-1, 1));
        return torch.cat(new TensorVector(scaled, scaled.neg()), 0);
    }
}

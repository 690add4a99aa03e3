package org.ascend4j.trainer.progress;

import org.ascend4j.trainer.data.ImageSet;
import org.bytedeco.pytorch.Tensor;

/**
 * A {@link TrainingListener} that also receives images, weights and gradients once per epoch. The copies from the device cost time.
 *
 * @since 0.1.0
 */
public interface TensorObserver {
    /**
     * Called when an epoch begins.
     *
     * @param stepsDone number of steps done
     * @param images the epoch's first images, cropped and flipped
     */
    void images(long stepsDone, ImageSet images);

    /**
     * Called for each parameter before the last update of an epoch.
     *
     * @param step the number of that update
     * @param weights the parameter on its device
     * @param gradient its gradient, summed over ranks and clipped, flattened to one dimension; null if the parameter has none
     */
    void parameter(long step, String name, Tensor weights, Tensor gradient);
}

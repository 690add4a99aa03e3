package org.ascend4j.trainer.progress;

import org.ascend4j.trainer.data.ImageSet;
import org.bytedeco.pytorch.Tensor;

/** A {@link TrainingListener} that also sees what the model sees and learns, once an epoch; the copies from the device cost time. */
public interface TensorObserver {
    /**
     * Called when an epoch begins.
     *
     * @param stepsDone how many steps the run has done
     * @param images the epoch's first images, cropped and flipped
     */
    void images(long stepsDone, ImageSet images);

    /**
     * Called for each parameter before the last update of an epoch.
     *
     * @param step the number of that update
     * @param weights the parameter on its device
     * @param gradient its gradient, summed over ranks and clipped, as one dimension; null without one
     */
    void parameter(long step, String name, Tensor weights, Tensor gradient);
}

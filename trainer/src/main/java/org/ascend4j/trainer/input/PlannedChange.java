package org.ascend4j.trainer.input;

import org.bytedeco.pytorch.Tensor;

/** A random change of images by operators on the device; what it does to each image of an epoch is drawn on the host and uploaded at the epoch's start. */
interface PlannedChange extends AutoCloseable {
    /** Allocates the choices of some images, with values that the operators can compute with. */
    Tensor reserve(int images);

    /** Uploads what a plan chooses for each position of the epoch: K x N. */
    Tensor choices(EpochPlan plan);

    /**
     * Returns changed images; it may overwrite the given ones.
     *
     * @param images B x C x H x W
     * @param choices those of the images' positions, K x B
     */
    Tensor apply(Tensor images, Tensor choices);

    @Override
    void close();
}

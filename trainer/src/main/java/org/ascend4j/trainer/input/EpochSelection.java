package org.ascend4j.trainer.input;

import java.util.OptionalInt;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;

/** The pixels and labels of an epoch by position, as operators on resident images. */
interface EpochSelection extends AutoCloseable {
    /** Returns {@code size} images from position {@code first} on: uint8, B x C x H x W. */
    Tensor images(int first, int size);

    /** Returns the labels of the same images: int64, B. */
    Tensor labels(int first, int size);

    @Override
    void close();

    /** Uploads only the data that {@code plan} needs. {@code resize} is the side of crops of random size if it differs from the set's. */
    static EpochSelection of(EpochPlan plan, DeviceImages images, Device device, OptionalInt resize) {
        if (images.onHost().isPresent()) {
            return new HostSelection(plan, images.onHost().get(), device, resize);
        }
        if (!plan.augmentation().equals(Augmentation.NONE) || images.padding() > 0) {
            return new CropSelection(plan, images, device);
        }
        return plan.shuffled() ? new OrderSelection(plan, images, device) : new SequentialSelection(images);
    }
}

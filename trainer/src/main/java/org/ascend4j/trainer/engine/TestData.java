package org.ascend4j.trainer.engine;

import org.ascend4j.device.DeviceBackend;
import org.ascend4j.trainer.data.ImageSet;
import org.ascend4j.trainer.input.Augmentation;
import org.ascend4j.trainer.input.DeviceImages;
import org.ascend4j.trainer.input.EpochPlan;
import org.ascend4j.trainer.input.InputPipeline;
import org.ascend4j.trainer.recipe.InputSettings;

/**
 * The test images, in order; only normalised and resized.
 *
 * @since 0.1.0
 */
public final class TestData implements AutoCloseable {
    private final ImageSet images;
    private final DeviceImages resident;
    private final InputPipeline pipeline;

    /** Copies the images to a device other than the host; {@code input} specifies how they are normalised and resized. */
    public TestData(ImageSet images, DeviceBackend device, InputSettings input) {
        this.images = images;
        resident = TrainingData.place(images, device, Augmentation.NONE);
        pipeline = TrainingData.pipeline(resident, device, input);
        pipeline.start(EpochPlan.sequential(images.size()));
    }

    ImageSet images() {
        return images;
    }

    /** Returns the pipeline that makes batches of the images, in order. */
    public InputPipeline pipeline() {
        return pipeline;
    }

    @Override
    public void close() {
        pipeline.close();
        resident.close();
    }
}

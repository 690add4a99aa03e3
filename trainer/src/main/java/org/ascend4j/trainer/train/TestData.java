package org.ascend4j.trainer.train;

import org.ascend4j.device.DeviceBackend;
import org.ascend4j.trainer.data.ImageSet;
import org.ascend4j.trainer.input.DeviceImages;
import org.ascend4j.trainer.input.EpochPlan;
import org.ascend4j.trainer.input.InputPipeline;
import org.ascend4j.trainer.recipe.Recipe;

/** The test images on the device, in order and unchanged but for normalisation. */
public final class TestData implements AutoCloseable {
    private final ImageSet images;
    private final DeviceImages resident;
    private final InputPipeline pipeline;

    /** Copies the images to the device; {@code recipe} says how they are normalised and resized. */
    public TestData(ImageSet images, DeviceBackend device, Recipe recipe) {
        this.images = images;
        resident = DeviceImages.upload(images, device.device(), 0);
        pipeline = TrainingData.pipeline(resident, device, recipe.input());
        pipeline.start(EpochPlan.sequential(images.size()));
    }

    ImageSet images() {
        return images;
    }

    InputPipeline pipeline() {
        return pipeline;
    }

    @Override
    public void close() {
        pipeline.close();
        resident.close();
    }
}

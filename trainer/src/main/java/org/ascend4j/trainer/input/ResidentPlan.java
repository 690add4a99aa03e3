package org.ascend4j.trainer.input;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;

/**
 * The plan of an epoch in tensors that keep their place on the device, for batches at positions that are there, too: a recorded step reads each epoch's plan
 * from the same addresses. The images must be resident.
 *
 * @since 0.1.0
 */
public final class ResidentPlan implements AutoCloseable {
    private final DeviceImages source;
    private final Device device;
    private final CropTables tables;
    private final PlannedChanges colors;
    private final PlannedChanges finish;
    private final Tensor choices;

    /** Allocates a plan of at most as many images as there are; it owns the changes of images in 0..1 and of finished images. */
    ResidentPlan(DeviceImages source, Device device, PlannedChanges colors, PlannedChanges finish) {
        this.source = source;
        this.device = device;
        this.colors = colors;
        this.finish = finish;
        int size = source.size();
        colors.reserve(size);
        finish.reserve(size);
        tables = new CropTables(source, device);
        try (PointerScope scope = new PointerScope()) {
            choices = Uploads.upload(new long[3 * size], device, 3, size).retainReference();
        }
    }

    /** Replaces the plan. */
    public void load(EpochPlan plan) {
        try (PointerScope scope = new PointerScope()) {
            choices.narrow(1, 0, plan.size()).copy_(tables.choices(plan, device));
        }
        colors.load(plan);
        finish.load(plan);
    }

    /** Returns the images at some positions of the epoch (int64, B): uint8, B x C x H x W. */
    Tensor images(Tensor positions) {
        Tensor chosen = choices.index_select(1, positions);
        return tables.crops(chosen.select(0, 1).view(-1, 1), tables.columns(chosen.select(0, 2)));
    }

    /** Changes the colours of the images at the same positions, whose values are in 0..1. */
    Tensor color(Tensor images, Tensor positions) {
        return colors.apply(images, choices -> choices.index_select(1, positions));
    }

    /** Changes the finished images at the same positions. */
    Tensor finish(Tensor images, Tensor positions) {
        return finish.apply(images, choices -> choices.index_select(1, positions));
    }

    /** Returns the labels at the same positions: int64, B. */
    Tensor labels(Tensor positions) {
        return source.labels().index_select(0, choices.select(0, 0).index_select(0, positions));
    }

    /** Frees the memory on the device; the images stay. */
    @Override
    public void close() {
        tables.close();
        choices.close();
        colors.close();
        finish.close();
    }
}

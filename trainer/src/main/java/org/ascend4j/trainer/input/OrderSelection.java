package org.ascend4j.trainer.input;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;

/** Whole images in the plan's order: one {@code index_select} per batch. */
final class OrderSelection implements EpochSelection {
    private final Tensor pixels;
    private final Tensor order;
    private final Tensor labels;

    OrderSelection(EpochPlan plan, DeviceImages images, Device device) {
        pixels = images.pixels();
        long[] indices = new long[plan.size()];
        for (int i = 0; i < indices.length; i++) {
            indices[i] = plan.image(i);
        }
        try (PointerScope scope = new PointerScope()) {
            order = Uploads.upload(indices, device, indices.length).retainReference();
            labels = images.labels().index_select(0, order).retainReference();
        }
    }

    @Override
    public Tensor images(int first, int size) {
        return pixels.index_select(0, order.narrow(0, first, size));
    }

    @Override
    public Tensor labels(int first, int size) {
        return labels.narrow(0, first, size);
    }

    @Override
    public void close() {
        order.close();
        labels.close();
    }
}

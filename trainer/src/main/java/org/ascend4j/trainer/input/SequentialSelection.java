package org.ascend4j.trainer.input;

import org.bytedeco.pytorch.Tensor;

/** Images and labels as stored: views without any operator. */
record SequentialSelection(DeviceImages source) implements EpochSelection {
    @Override
    public Tensor images(int first, int size) {
        return source.pixels().narrow(0, first, size);
    }

    @Override
    public Tensor labels(int first, int size) {
        return source.labels().narrow(0, first, size);
    }

    @Override
    public void close() {
        // The selection owns nothing.
    }
}

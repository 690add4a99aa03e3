package org.ascend4j.trainer.engine;

import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.DeviceOptional;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Losses and predictions of several steps, kept on the device and read all at once: reading them after each step would
 * make the host wait for the device each time.
 *
 * <p>A step costs two launches: one copies the loss, one writes the predicted classes.
 */
final class ResultWindow implements AutoCloseable {
    private final Tensor losses;
    private final Tensor predictions;
    private int steps;
    private int images;

    /**
     * The results of the steps since the last reading.
     *
     * @param losses the loss of each step
     * @param predictions the predicted class of each image, one step after the other
     */
    record Results(float[] losses, int[] predictions) {}

    ResultWindow(Device device, int steps, int images) {
        try (PointerScope scope = new PointerScope()) {
            losses = torch.zeros(new long[] {steps}, options(ScalarType.Float, device))
                    .retainReference();
            predictions = torch.zeros(new long[] {images}, options(ScalarType.Long, device))
                    .retainReference();
        }
    }

    private static TensorOptions options(ScalarType type, Device device) {
        return new TensorOptions().dtype(new ScalarTypeOptional(type)).device(new DeviceOptional(device));
    }

    /** Records the loss (a scalar) and the logits ({@code N x classes}) of one step. */
    void add(Tensor loss, Tensor logits) {
        int batch = (int) logits.size(0);
        try (PointerScope scope = new PointerScope();
                NoGradGuard noGrad = new NoGradGuard()) {
            losses.select(0, steps).copy_(loss);
            torch.argmax_out(predictions.narrow(0, images, batch), logits, new LongOptional(1), false);
        }
        steps++;
        images += batch;
    }

    /**
     * Writes the same to places whose numbers are on the device, for a step that is repeated; {@link #added} counts it.
     *
     * @param step the place of the loss: int64, one element
     * @param places the places of the predictions: int64, N
     */
    void add(Tensor loss, Tensor logits, Tensor step, Tensor places) {
        try (PointerScope scope = new PointerScope();
                NoGradGuard noGrad = new NoGradGuard()) {
            losses.index_copy_(0, step, loss.view(1));
            predictions.index_copy_(0, places, torch.argmax(logits, new LongOptional(1), false));
        }
    }

    /** Counts results that the device has written. */
    void added(int count, int predicted) {
        steps += count;
        images += predicted;
    }

    /** Returns the number of losses so far. */
    int steps() {
        return steps;
    }

    /** Returns the number of predictions so far. */
    int images() {
        return images;
    }

    /** Waits for the device, returns the recorded results and starts anew. */
    Results read() {
        float[] lossValues = new float[steps];
        long[] classes = new long[images];
        if (steps > 0) {
            try (PointerScope scope = new PointerScope()) {
                FloatPointer lossData = losses.narrow(0, 0, steps).cpu().data_ptr_float();
                lossData.get(lossValues);
                LongPointer classData = predictions.narrow(0, 0, images).cpu().data_ptr_long();
                classData.get(classes);
            }
        }
        int[] predicted = new int[images];
        for (int i = 0; i < images; i++) {
            predicted[i] = (int) classes[i];
        }
        steps = 0;
        images = 0;
        return new Results(lossValues, predicted);
    }

    @Override
    public void close() {
        losses.close();
        predictions.close();
    }
}

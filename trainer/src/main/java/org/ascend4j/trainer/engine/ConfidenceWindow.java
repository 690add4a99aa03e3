package org.ascend4j.trainer.engine;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.DeviceOptional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.T_TensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** The confidence of a model in each image of an evaluation, and its five candidates; kept on the device and read all at once. */
final class ConfidenceWindow implements AutoCloseable {
    private static final int CANDIDATES = 5;

    private final Tensor confidences;
    private final Tensor candidates;
    private int images;

    /**
     * The results of an evaluation.
     *
     * @param confidences the softmax of each image's most probable class
     * @param topFiveHits number of images whose correct class is among the candidates
     */
    record Results(float[] confidences, int topFiveHits) {}

    ConfidenceWindow(Device device, int images) {
        try (PointerScope scope = new PointerScope()) {
            confidences = torch.zeros(new long[] {images}, options(ScalarType.Float, device))
                    .retainReference();
            // With fewer outputs than candidates the remaining columns hold -1, which is no class.
            candidates = torch.zeros(new long[] {images, CANDIDATES}, options(ScalarType.Long, device))
                    .fill_(new Scalar(-1))
                    .retainReference();
        }
    }

    private static TensorOptions options(ScalarType type, Device device) {
        return new TensorOptions().dtype(new ScalarTypeOptional(type)).device(new DeviceOptional(device));
    }

    /** Records the logits of a batch ({@code N x outputs}). */
    void add(Tensor logits) {
        int batch = (int) logits.size(0);
        try (PointerScope scope = new PointerScope();
                NoGradGuard noGrad = new NoGradGuard()) {
            T_TensorTensor_T best = best(logits);
            confidences.narrow(0, images, batch).copy_(best.get0().select(1, 0));
            candidates
                    .narrow(0, images, batch)
                    .narrow(1, 0, best.get1().size(1))
                    .copy_(best.get1());
        }
        images += batch;
    }

    /** Writes the same to places whose numbers are on the device (int64, N), for a batch that is repeated; {@link #added} counts it. */
    void add(Tensor logits, Tensor places) {
        try (PointerScope scope = new PointerScope();
                NoGradGuard noGrad = new NoGradGuard()) {
            T_TensorTensor_T best = best(logits);
            confidences.index_copy_(0, places, best.get0().select(1, 0));
            candidates.narrow(1, 0, best.get1().size(1)).index_copy_(0, places, best.get1());
        }
    }

    private static T_TensorTensor_T best(Tensor logits) {
        return torch.topk(torch.softmax(logits.to(ScalarType.Float), 1), Math.min(CANDIDATES, logits.size(1)));
    }

    /** Counts results that the device has written. */
    void added(int count) {
        images += count;
    }

    /** Waits for the device, compares with the labels from index {@code first}, and starts anew. */
    Results read(int[] labels, int first) {
        float[] sure = new float[images];
        long[] classes = new long[images * CANDIDATES];
        if (images > 0) {
            try (PointerScope scope = new PointerScope()) {
                confidences.narrow(0, 0, images).cpu().data_ptr_float().get(sure);
                candidates.narrow(0, 0, images).cpu().data_ptr_long().get(classes);
            }
        }
        int hits = 0;
        for (int i = 0; i < images; i++) {
            hits += contains(classes, i * CANDIDATES, labels[first + i]) ? 1 : 0;
        }
        images = 0;
        return new Results(sure, hits);
    }

    private static boolean contains(long[] classes, int offset, int label) {
        for (int i = offset; i < offset + CANDIDATES; i++) {
            if (classes[i] == label) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void close() {
        confidences.close();
        candidates.close();
    }
}

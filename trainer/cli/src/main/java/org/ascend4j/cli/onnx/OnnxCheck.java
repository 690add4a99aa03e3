package org.ascend4j.cli.onnx;

import java.util.Locale;
import org.ascend4j.Ascend4jException;
import org.ascend4j.trainer.export.ExportableModel;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Compares an ONNX model in ONNX Runtime with the network that it was exported from. */
public final class OnnxCheck {
    private static final double TOLERANCE = 1e-4;
    private static final int[] BATCHES = {1, 3};

    private OnnxCheck() {}

    /**
     * Returns the largest difference of the logits, relative to the largest logit.
     *
     * @throws Ascend4jException if it is larger than rounding errors can be
     */
    public static double difference(ExportableModel model, byte[] onnx) {
        double largest = 0;
        try (OnnxSession session = new OnnxSession("the exported model", onnx);
                PointerScope scope = new PointerScope();
                NoGradGuard noGrad = new NoGradGuard()) {
            for (int batch : BATCHES) {
                Tensor images = model.images(batch);
                Tensor expected = model.forward(images);
                Tensor found = torch.tensor(session.logits(images)).reshape(expected.shape());
                double scale = Math.max(1, expected.abs().max().item_double());
                largest = Math.max(largest, found.sub(expected).abs().max().item_double() / scale);
            }
        }
        if (!(largest <= TOLERANCE)) {
            throw new Ascend4jException(String.format(
                    Locale.ROOT,
                    "the ONNX model expects to compute what the network does, found logits that differ by %.1e in ONNX"
                            + " Runtime; please report it",
                    largest));
        }
        return largest;
    }
}

package org.ascend4j.cli.onnx;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.ascend4j.FileErrors;
import org.ascend4j.trainer.export.ModelCard;
import org.ascend4j.trainer.export.Preparation;
import org.ascend4j.trainer.train.ImagePredictor;
import org.ascend4j.trainer.train.Predictor;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Predicts with an exported ONNX model in ONNX Runtime; images are prepared as for the model's checkpoint. */
public final class OnnxPredictor implements ImagePredictor, AutoCloseable {
    private final OnnxSession session;
    private final ModelCard card;
    private final Preparation preparation;

    /** Reads a model written by {@code ascend4j export}. */
    public OnnxPredictor(Path file) {
        session = new OnnxSession(file, read(file));
        try {
            card = ModelCard.parse(file, session.metadata());
            preparation = new Preparation(card);
        } catch (RuntimeException e) {
            session.close();
            throw e;
        }
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw FileErrors.cannotRead(file, e);
        }
    }

    @Override
    public int channels() {
        return card.channels();
    }

    @Override
    public int height() {
        return card.imageHeight();
    }

    @Override
    public int width() {
        return card.imageWidth();
    }

    @Override
    public List<List<Predictor.Candidate>> predict(List<byte[]> images, int top) {
        try (PointerScope scope = new PointerScope()) {
            float[] logits = session.logits(batch(images));
            return Predictor.rank(torch.tensor(logits).reshape(images.size(), card.outputs()), card.classNames(), top);
        }
    }

    private Tensor batch(List<byte[]> images) {
        Tensor bytes = torch.tensor(Predictor.join(images))
                .view(ScalarType.Byte)
                .reshape(images.size(), card.channels(), card.imageHeight(), card.imageWidth());
        return switch (card.preprocessing()) {
            case BESIDE -> preparation.forward(bytes);
            case INSIDE -> bytes;
            case INSIDE_UNIT -> bytes.div(new Scalar(255.0));
        };
    }

    @Override
    public void close() {
        preparation.close();
        session.close();
    }
}

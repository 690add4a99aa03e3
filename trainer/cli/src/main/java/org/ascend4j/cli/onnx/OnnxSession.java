package org.ascend4j.cli.onnx;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Map;
import org.ascend4j.Ascend4jException;
import org.ascend4j.trainer.export.ExportableModel;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** A model in ONNX Runtime on the CPU. */
final class OnnxSession implements AutoCloseable {
    private final Object file;
    private final OrtEnvironment environment;
    private final OrtSession session;

    OnnxSession(Object file, byte[] model) {
        this.file = file;
        try {
            // ONNX Runtime throws its errors as exceptions; at other levels it would print them as well.
            environment = OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
            session = environment.createSession(model);
        } catch (OrtException e) {
            throw new Ascend4jException(file + " expects an ONNX model, found: " + reason(e), e);
        } catch (LinkageError e) {
            throw new Ascend4jException("ONNX Runtime does not load here: " + e.getMessage(), e);
        }
    }

    /** Returns the model's metadata. */
    Map<String, String> metadata() {
        try {
            return session.getMetadata().getCustomMetadata();
        } catch (OrtException e) {
            throw new Ascend4jException(file + " expects readable metadata, found: " + reason(e), e);
        }
    }

    /** Computes the logits of images on the host, bytes or floats. */
    float[] logits(Tensor images) {
        try (Tensor rows = images.contiguous();
                OnnxTensor input = tensor(rows);
                OrtSession.Result result = session.run(Map.of(ExportableModel.INPUT, input))) {
            FloatBuffer values = ((OnnxTensor) result.get(0)).getFloatBuffer();
            float[] logits = new float[values.remaining()];
            values.get(logits);
            return logits;
        } catch (OrtException e) {
            throw new Ascend4jException("ONNX Runtime expects to compute " + file + ", found: " + reason(e), e);
        }
    }

    private OnnxTensor tensor(Tensor rows) throws OrtException {
        ByteBuffer bytes = new BytePointer(rows.data_ptr()).limit(rows.nbytes()).asByteBuffer();
        OnnxJavaType type = rows.scalar_type().intern() == ScalarType.Byte ? OnnxJavaType.UINT8 : OnnxJavaType.FLOAT;
        return OnnxTensor.createTensor(environment, bytes.order(ByteOrder.nativeOrder()), rows.shape(), type);
    }

    private static String reason(OrtException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason");
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("a session of ONNX Runtime does not close", e);
        }
    }
}

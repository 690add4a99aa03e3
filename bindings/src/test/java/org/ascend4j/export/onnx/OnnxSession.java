package org.ascend4j.export.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** A model in ONNX Runtime, the independent implementation with which exported models are compared. */
final class OnnxSession implements AutoCloseable {
    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession session;

    OnnxSession(OnnxModel model) throws OrtException {
        session = environment.createSession(model.bytes());
    }

    /** Computes the model's one output; the result belongs to the caller's scope. */
    Tensor run(Tensor input) throws OrtException {
        try (OnnxTensor given = tensor(input);
                OrtSession.Result result =
                        session.run(Map.of(session.getInputNames().iterator().next(), given))) {
            OnnxTensor output = (OnnxTensor) result.get(0);
            float[] values = new float[output.getFloatBuffer().remaining()];
            output.getFloatBuffer().get(values);
            return torch.tensor(values).reshape(output.getInfo().getShape());
        }
    }

    private OnnxTensor tensor(Tensor input) throws OrtException {
        Tensor rows = input.contiguous();
        if (rows.scalar_type().intern() == ScalarType.Long) {
            long[] values = new long[(int) rows.numel()];
            rows.data_ptr_long().get(values);
            return OnnxTensor.createTensor(environment, LongBuffer.wrap(values), rows.shape());
        }
        float[] values = new float[(int) rows.numel()];
        rows.data_ptr_float().get(values);
        return OnnxTensor.createTensor(environment, FloatBuffer.wrap(values), rows.shape());
    }

    @Override
    public void close() throws OrtException {
        session.close();
    }
}

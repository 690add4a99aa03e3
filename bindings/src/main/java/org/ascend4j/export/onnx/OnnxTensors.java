package org.ascend4j.export.onnx;

import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import org.ascend4j.Ascend4jException;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/** Converts tensors to ONNX's format. */
final class OnnxTensors {
    private static final Map<String, DataType> TYPES = Map.of(
            "Float", DataType.FLOAT,
            "Double", DataType.DOUBLE,
            "Half", DataType.FLOAT16,
            "BFloat16", DataType.BFLOAT16,
            "Long", DataType.INT64,
            "Int", DataType.INT32,
            "Short", DataType.INT16,
            "Char", DataType.INT8,
            "Byte", DataType.UINT8,
            "Bool", DataType.BOOL);

    private OnnxTensors() {}

    /** Returns the ONNX type for torch's type {@code name}. */
    static DataType type(String name) {
        DataType type = TYPES.get(name);
        if (type == null) {
            throw new Ascend4jException("ONNX export expects numbers of ordinary types, found tensors of " + name);
        }
        return type;
    }

    /** Copies a tensor with any device and strides. */
    static TensorProto of(String name, Tensor tensor) {
        try (PointerScope scope = new PointerScope()) {
            Tensor rows = tensor.detach().cpu().contiguous();
            TensorProto.Builder proto = TensorProto.newBuilder()
                    .setName(name)
                    .setDataType(type(rows.scalar_type().intern().name()).getNumber());
            for (long extent : rows.shape()) {
                proto.addDims(extent);
            }
            ByteBuffer bytes =
                    new BytePointer(rows.data_ptr()).limit(rows.nbytes()).asByteBuffer();
            return proto.setRawData(bytes == null ? ByteString.EMPTY : ByteString.copyFrom(bytes))
                    .build();
        }
    }

    static TensorProto longs(String name, long[] values, long... shape) {
        ByteBuffer bytes = little(values.length * Long.BYTES);
        for (long value : values) {
            bytes.putLong(value);
        }
        return proto(name, DataType.INT64, bytes, shape);
    }

    static TensorProto floats(String name, float[] values, long... shape) {
        ByteBuffer bytes = little(values.length * Float.BYTES);
        for (float value : values) {
            bytes.putFloat(value);
        }
        return proto(name, DataType.FLOAT, bytes, shape);
    }

    /** Creates a scalar of a given type. */
    static TensorProto scalar(String name, DataType type, double value) {
        return switch (type) {
            case FLOAT -> floats(name, new float[] {(float) value});
            case INT64 -> longs(name, new long[] {(long) value});
            case DOUBLE -> proto(name, type, little(Double.BYTES).putDouble(value));
            case INT32 -> proto(name, type, little(Integer.BYTES).putInt((int) value));
            case UINT8, INT8, BOOL -> proto(name, type, little(1).put((byte) value));
            default ->
                throw new Ascend4jException(
                        "ONNX export expects numbers beside 32-bit tensors, found one beside " + type);
        };
    }

    private static TensorProto proto(String name, DataType type, ByteBuffer bytes, long... shape) {
        TensorProto.Builder proto = TensorProto.newBuilder()
                .setName(name)
                .setDataType(type.getNumber())
                .setRawData(ByteString.copyFrom(bytes.flip()));
        for (long extent : shape) {
            proto.addDims(extent);
        }
        return proto.build();
    }

    private static ByteBuffer little(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}

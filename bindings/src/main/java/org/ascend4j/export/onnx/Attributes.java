package org.ascend4j.export.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.List;

/** A builder for the attributes of a node. */
final class Attributes {
    private final List<AttributeProto> attributes = new ArrayList<>();

    Attributes with(String name, long value) {
        return add(AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeType.INT)
                .setI(value));
    }

    Attributes with(String name, double value) {
        return add(AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeType.FLOAT)
                .setF((float) value));
    }

    Attributes with(String name, String value) {
        return add(AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeType.STRING)
                .setS(ByteString.copyFromUtf8(value)));
    }

    Attributes with(String name, long... values) {
        AttributeProto.Builder attribute =
                AttributeProto.newBuilder().setName(name).setType(AttributeType.INTS);
        for (long value : values) {
            attribute.addInts(value);
        }
        return add(attribute);
    }

    Attributes with(String name, TensorProto value) {
        return add(AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeType.TENSOR)
                .setT(value));
    }

    private Attributes add(AttributeProto.Builder attribute) {
        attributes.add(attribute.build());
        return this;
    }

    List<AttributeProto> list() {
        return attributes;
    }
}

package org.ascend4j.export.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.ascend4j.state.AtomicFile;

/**
 * An ONNX model in memory.
 *
 * @since 0.1.0
 */
public final class OnnxModel {
    private final ModelProto proto;

    OnnxModel(ModelProto proto) {
        this.proto = proto;
    }

    /** Returns the content of the model's file. */
    public byte[] bytes() {
        return proto.toByteArray();
    }

    /** Writes the model's file atomically. */
    public void write(Path file) {
        AtomicFile.write(file, channel -> proto.writeTo(Channels.newOutputStream(channel)));
    }

    /** Returns the types of its operators. */
    public Set<String> operators() {
        Set<String> operators = new TreeSet<>();
        proto.getGraph().getNodeList().stream().map(NodeProto::getOpType).forEach(operators::add);
        return operators;
    }
}

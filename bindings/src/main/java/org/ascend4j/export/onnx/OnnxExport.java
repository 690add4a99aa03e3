package org.ascend4j.export.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ascend4j.Ascend4jException;
import org.ascend4j.export.TracedGraph;
import org.ascend4j.export.TracedNetwork;
import org.ascend4j.export.TracedNode;
import org.ascend4j.export.TracedValue;
import org.bytedeco.javacpp.PointerScope;

/**
 * Converts a traced network to an ONNX model: {@code OnnxExport.of(network).opset(13).model().write(file)}.
 *
 * @since 0.1.0
 */
public final class OnnxExport {
    /** The version that Ascend's ATC reads: that of ONNX 1.12. */
    private static final int IR_VERSION = 8;

    private static final int LEAST_OPSET = 11;
    private static final int GREATEST_OPSET = 13;

    private final TracedNetwork network;
    private final Map<String, String> metadata = new LinkedHashMap<>();
    private int opset = GREATEST_OPSET;
    private boolean foldsBatchNorm;
    private String inputName = "input";
    private String outputName = "output";

    private OnnxExport(TracedNetwork network) {
        this.network = network;
    }

    /** Starts an export; the caller keeps ownership of the network. */
    public static OnnxExport of(TracedNetwork network) {
        return new OnnxExport(network);
    }

    /** Sets the version of ONNX's operators, 11 to 13; the default is 13. */
    public OnnxExport opset(int version) {
        if (version < LEAST_OPSET || version > GREATEST_OPSET) {
            throw new Ascend4jException(
                    "ONNX export expects opset " + LEAST_OPSET + " to " + GREATEST_OPSET + ", found " + version);
        }
        opset = version;
        return this;
    }

    /** Sets whether batch norms are folded into the weights of the preceding convolutions; results then differ by rounding. */
    public OnnxExport foldBatchNorm(boolean wanted) {
        foldsBatchNorm = wanted;
        return this;
    }

    /** Sets the names of the graph's input and output; the defaults are {@code input} and {@code output}. */
    public OnnxExport names(String input, String output) {
        inputName = input;
        outputName = output;
        return this;
    }

    /** Adds metadata entries to the model. */
    public OnnxExport metadata(Map<String, String> texts) {
        metadata.putAll(texts);
        return this;
    }

    /**
     * Creates the model, which accepts batches of any size.
     *
     * @throws Ascend4jException if the network calls an operator that has no mapping; the message names it
     */
    public OnnxModel model() {
        TracedGraph graph = network.graph();
        OnnxGraph onnx = new OnnxGraph(inputName, opset);
        Values values = new Values(onnx);
        try (PointerScope scope = new PointerScope()) {
            describe(graph, values);
            if (foldsBatchNorm) {
                values.fold(BatchNormFolding.of(graph.nodes(), values));
            }
            Map<Integer, TracedNode> lists = new LinkedHashMap<>();
            for (TracedNode node : graph.nodes()) {
                write(node, onnx, values, lists);
            }
            TracedValue result = values.value(graph.output());
            onnx.enter("");
            String last = values.name(graph.output(), OnnxTensors.type(result.type()));
            onnx.proto()
                    .setName("network")
                    .addInput(value(inputName, graph.inputs().get(0)))
                    .addOutput(value(outputName, result))
                    .addNode(NodeProto.newBuilder()
                            .setName(outputName)
                            .setOpType("Identity")
                            .addInput(last)
                            .addOutput(outputName));
        }
        ModelProto.Builder model = ModelProto.newBuilder()
                .setIrVersion(IR_VERSION)
                .setProducerName("Ascend4J")
                .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(opset))
                .setGraph(onnx.proto());
        metadata.forEach((key, text) -> model.addMetadataProps(
                StringStringEntryProto.newBuilder().setKey(key).setValue(text)));
        return new OnnxModel(model.build());
    }

    private void describe(TracedGraph graph, Values values) {
        graph.inputs().forEach(values::describe);
        List<String> names = List.copyOf(network.weights().keySet());
        values.name(graph.inputs().get(0).id(), inputName);
        for (int i = 0; i < names.size(); i++) {
            values.weight(
                    graph.inputs().get(i + 1).id(),
                    names.get(i),
                    network.weights().get(names.get(i)));
        }
        for (TracedNode node : graph.nodes()) {
            node.outputs().forEach(values::describe);
            node.inputs().forEach(values::use);
            if (node.isConstant()) {
                values.constant(node);
            }
        }
        values.use(graph.output());
    }

    private static void write(TracedNode node, OnnxGraph onnx, Values values, Map<Integer, TracedNode> splits) {
        onnx.enter(node.module());
        int result = node.outputs().isEmpty() ? -1 : node.outputs().get(0).id();
        switch (node.kind()) {
            case "prim::Constant" -> {}
            case "prim::ListConstruct", "prim::TupleConstruct" -> values.list(result, node.inputs());
            case "aten::split", "aten::split_with_sizes", "aten::chunk" -> splits.put(result, node);
            case "prim::ListUnpack" ->
                unpack(node, onnx, values, splits.get(node.inputs().get(0)));
            default -> {
                Call call = new Call(node, values, onnx);
                Converter converter = Operators.find(node.kind());
                if (converter == null) {
                    throw call.unsupported("");
                }
                values.name(result, converter.convert(call));
            }
        }
    }

    private static void unpack(TracedNode node, OnnxGraph onnx, Values values, TracedNode split) {
        if (split == null) {
            throw new Call(node, values, onnx).unsupported("of a list that no split made");
        }
        List<String> parts = Selections.parts(new Call(split, values, onnx), node.outputs());
        for (int i = 0; i < parts.size(); i++) {
            values.name(node.outputs().get(i).id(), parts.get(i));
        }
    }

    private static ValueInfoProto value(String name, TracedValue value) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        for (int i = 0; i < value.shape().rank(); i++) {
            Dimension.Builder dimension = Dimension.newBuilder();
            boolean batch = value.shape().followsBatch(i);
            shape.addDim(
                    batch
                            ? dimension.setDimParam("batch")
                            : dimension.setDimValue(value.shape().ofTwo()[i]));
        }
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder()
                                .setElemType(OnnxTensors.type(value.type()).getNumber())
                                .setShape(shape)))
                .build();
    }
}

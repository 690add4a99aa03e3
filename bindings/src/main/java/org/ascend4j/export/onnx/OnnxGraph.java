package org.ascend4j.export.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.ascend4j.export.BatchShape;
import org.bytedeco.pytorch.Tensor;

/** Builds an ONNX graph node by node; values are identified by their names. */
final class OnnxGraph {
    private final GraphProto.Builder graph = GraphProto.newBuilder();
    private final Set<String> names = new HashSet<>();
    private final Map<String, Integer> counts = new HashMap<>();
    private final String input;
    private final int opset;
    private String module = "";
    private String batch;

    OnnxGraph(String input, int opset) {
        this.input = input;
        this.opset = opset;
        names.add(input);
    }

    /** Sets the module to which the next nodes belong. */
    void enter(String path) {
        module = path;
    }

    GraphProto.Builder proto() {
        return graph;
    }

    /** Adds a node with one result. */
    String node(String operator, Attributes attributes, String... inputs) {
        return nodes(operator, 1, attributes, inputs).get(0);
    }

    String node(String operator, String... inputs) {
        return node(operator, new Attributes(), inputs);
    }

    /** Adds a node with several results. */
    List<String> nodes(String operator, int results, Attributes attributes, String... inputs) {
        String name = unused((module.isEmpty() ? "" : module + "/") + operator);
        List<String> outputs = IntStream.range(0, results)
                .mapToObj(i -> i == 0 ? name + "_output" : name + "_output" + i)
                .toList();
        graph.addNode(NodeProto.newBuilder()
                .setName(name)
                .setOpType(operator)
                .addAllInput(List.of(inputs))
                .addAllOutput(outputs)
                .addAllAttribute(attributes.list()));
        return outputs;
    }

    private String unused(String wanted) {
        if (names.add(wanted)) {
            return wanted;
        }
        int count = counts.merge(wanted, 1, Integer::sum);
        return unused(wanted + "_" + count);
    }

    /** Adds a tensor under a unique name derived from the given one. */
    String tensor(String wanted, Tensor tensor) {
        String name = unused(wanted);
        return add(OnnxTensors.of(name, tensor));
    }

    String longs(long... values) {
        return add(OnnxTensors.longs(constantName(), values, values.length));
    }

    String scalar(DataType type, double value) {
        return add(OnnxTensors.scalar(constantName(), type, value));
    }

    String floats(float[] values, long... shape) {
        return add(OnnxTensors.floats(constantName(), values, shape));
    }

    private String constantName() {
        return unused((module.isEmpty() ? "" : module + "/") + "constant");
    }

    private String add(TensorProto tensor) {
        graph.addInitializer(tensor);
        return tensor.getName();
    }

    /** Inserts dimensions of extent one; the axes are an attribute before opset 13 and an input from opset 13. */
    String unsqueeze(String value, long... axes) {
        return axesNode("Unsqueeze", value, new Attributes(), axes);
    }

    /** Removes dimensions of extent one. */
    String squeeze(String value, long... axes) {
        return axesNode("Squeeze", value, new Attributes(), axes);
    }

    /** Sums over dimensions. */
    String sum(String value, boolean keepDimensions, long... axes) {
        return axesNode("ReduceSum", value, new Attributes().with("keepdims", keepDimensions ? 1L : 0L), axes);
    }

    private String axesNode(String operator, String value, Attributes attributes, long... axes) {
        return opset < 13
                ? node(operator, attributes.with("axes", axes), value)
                : node(operator, attributes, value, longs(axes));
    }

    /** Splits a dimension into parts of the given lengths. */
    List<String> split(String value, long axis, long... lengths) {
        Attributes attributes = new Attributes().with("axis", axis);
        return opset < 13
                ? nodes("Split", lengths.length, attributes.with("split", lengths), value)
                : nodes("Split", lengths.length, attributes, value, longs(lengths));
    }

    /** Normalises over one dimension with {@code Softmax} or {@code LogSoftmax}, which before opset 13 treat that dimension and all following ones as one. */
    String softmax(String operator, String value, int axis, int rank) {
        if (opset >= 13 || axis == rank - 1) {
            return node(operator, new Attributes().with("axis", axis), value);
        }
        long[] swapped = IntStream.range(0, rank)
                .mapToLong(i -> i == axis ? rank - 1L : i == rank - 1 ? axis : i)
                .toArray();
        String last = node("Transpose", new Attributes().with("perm", swapped), value);
        String normalised = node(operator, new Attributes().with("axis", rank - 1L), last);
        return node("Transpose", new Attributes().with("perm", swapped), normalised);
    }

    /** Returns a vector of extents; those that follow the batch are computed from the graph's input. */
    String extents(BatchShape shape) {
        if (shape.batchDimensions() == 0) {
            return longs(shape.extents());
        }
        String[] parts = IntStream.range(0, shape.rank())
                .mapToObj(i -> shape.followsBatch(i) ? batchTimes(shape.ofTwo()[i] / 2) : longs(shape.ofTwo()[i]))
                .toArray(String[]::new);
        return node("Concat", new Attributes().with("axis", 0L), parts);
    }

    private String batchTimes(long factor) {
        if (batch == null) {
            batch = node("Slice", node("Shape", input), longs(0), longs(1));
        }
        return factor == 1 ? batch : node("Mul", batch, longs(factor));
    }
}

package org.ascend4j.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import org.ascend4j.Ascend4jException;
import org.ascend4j.nativelib.trace.OperatorTrace;
import org.bytedeco.pytorch.Tensor;

/** Combines two traces into one graph for any batch size: numbers that differ in proportion to the batch follow it; any other difference is an error. */
final class TraceReader {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int SMALL = 2;
    private static final int LARGE = 3;

    private final JsonNode ofTwo;
    private final JsonNode ofThree;
    private final List<Tensor> constants;
    private final List<Tensor> constantsOfThree;

    private TraceReader(OperatorTrace two, OperatorTrace three) {
        ofTwo = parse(two);
        ofThree = parse(three);
        constants = two.constants();
        constantsOfThree = three.constants();
    }

    /** Reads the traces for a batch of two and of three; the caller closes the tensors among the graph's literals. */
    static TracedGraph read(OperatorTrace two, OperatorTrace three) {
        return new TraceReader(two, three).graph();
    }

    private static JsonNode parse(OperatorTrace trace) {
        try {
            return JSON.readTree(trace.json());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a trace does not parse", e);
        }
    }

    private TracedGraph graph() {
        JsonNode nodes = ofTwo.get("nodes");
        JsonNode others = ofThree.get("nodes");
        List<TracedNode> traced = new ArrayList<>();
        for (int i = 0; i < Math.min(nodes.size(), others.size()); i++) {
            traced.add(node(nodes.get(i), others.get(i)));
        }
        if (nodes.size() != others.size()) {
            throw differs("at its end");
        }
        return new TracedGraph(
                values(ofTwo, ofThree, "inputs"), traced, ofTwo.get("output").intValue());
    }

    private TracedNode node(JsonNode node, JsonNode other) {
        String kind = node.get("kind").textValue();
        String module = node.get("scope").textValue();
        List<Integer> inputs = ids(node.get("inputs"));
        TracedNode traced = new TracedNode(kind, module, inputs, values(node, other, "outputs"), null);
        if (!kind.equals(other.get("kind").textValue())
                || !inputs.equals(ids(other.get("inputs")))
                || !node.get("outputs").equals(other.get("outputs"))) {
            throw differs("at " + traced.description());
        }
        return traced.isConstant()
                ? new TracedNode(
                        kind, module, inputs, traced.outputs(), literal(node.get("value"), other.get("value"), traced))
                : traced;
    }

    private static Ascend4jException differs(String where) {
        return new Ascend4jException("export expects a network that computes the same operators for every batch, found"
                + " others for 2 images than for 3 " + where);
    }

    private static List<Integer> ids(JsonNode list) {
        List<Integer> ids = new ArrayList<>();
        list.forEach(id -> ids.add(id.intValue()));
        return ids;
    }

    private static List<TracedValue> values(JsonNode node, JsonNode other, String name) {
        List<TracedValue> values = new ArrayList<>();
        for (int i = 0; i < node.get(name).size(); i++) {
            JsonNode shape = node.get("shapes").get(i);
            JsonNode shapeOfThree = other.get("shapes").path(i);
            boolean known = shape.isArray() && shapeOfThree.size() == shape.size();
            values.add(new TracedValue(
                    node.get(name).get(i).intValue(),
                    node.get("types").get(i).textValue(),
                    known ? new BatchShape(longs(shape), longs(shapeOfThree)) : null));
        }
        return values;
    }

    private static long[] longs(JsonNode list) {
        long[] values = new long[list.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = list.get(i).longValue();
        }
        return values;
    }

    private Object literal(JsonNode value, JsonNode other, TracedNode node) {
        if (value.isArray() && other.isArray() && value.size() == other.size()) {
            List<Object> items = new ArrayList<>();
            for (int i = 0; i < value.size(); i++) {
                items.add(literal(value.get(i), other.get(i), node));
            }
            return items;
        }
        if (value.isObject() && other.isObject()) {
            return constant(value.get("tensor").intValue(), other.get("tensor").intValue(), node);
        }
        if (value.equals(other)) {
            return scalar(value);
        }
        long factor = value.longValue() / SMALL;
        if (value.isIntegralNumber() && value.longValue() == factor * SMALL && other.longValue() == factor * LARGE) {
            return new BatchMultiple(factor);
        }
        throw varies(node, value + " for 2 images and " + other + " for 3");
    }

    private Tensor constant(int index, int other, TracedNode node) {
        Tensor value = constants.get(index);
        if (!value.equal(constantsOfThree.get(other))) {
            throw varies(node, "a tensor that is another one for each batch");
        }
        value.retainReference();
        return value;
    }

    private static Ascend4jException varies(TracedNode node, String found) {
        return new Ascend4jException("export expects numbers that do not change from one batch to the next"
                + (node.module().isEmpty() ? "" : " in the module " + node.module()) + ", found " + found
                + ": compute them by tensor operators");
    }

    private static Object scalar(JsonNode value) {
        return switch (value.getNodeType()) {
            case BOOLEAN -> value.booleanValue();
            case STRING -> value.textValue();
            case NUMBER -> value.isIntegralNumber() ? (Object) value.longValue() : (Object) value.doubleValue();
            default -> null;
        };
    }
}

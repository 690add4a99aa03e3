package org.ascend4j.export.onnx;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.List;
import org.ascend4j.Ascend4jException;
import org.ascend4j.export.BatchMultiple;
import org.ascend4j.export.BatchShape;
import org.ascend4j.export.TracedNode;
import org.ascend4j.export.TracedValue;
import org.bytedeco.pytorch.Tensor;

/** One operator call, with access to its arguments by their positions in the operator's schema; the input of a {@link Converter}. */
final class Call {
    private final TracedNode node;
    private final Values values;
    private final OnnxGraph graph;

    Call(TracedNode node, Values values, OnnxGraph graph) {
        this.node = node;
        this.values = values;
        this.graph = graph;
    }

    OnnxGraph graph() {
        return graph;
    }

    Values values() {
        return values;
    }

    int arguments() {
        return node.inputs().size();
    }

    int id(int place) {
        return node.inputs().get(place);
    }

    /** Returns the name of a tensor; a number becomes a scalar of the result's type. */
    String tensor(int place) {
        return values.name(id(place), resultType());
    }

    /** Returns the name of a tensor, cast to the result's type if it has another one. */
    String promoted(int place) {
        TracedValue value = values.value(id(place));
        String name = tensor(place);
        return value == null
                        || value.type() == null
                        || value.type().equals(node.outputs().get(0).type())
                ? name
                : cast(name, resultType());
    }

    String cast(String name, DataType type) {
        return graph.node("Cast", new Attributes().with("to", (long) type.getNumber()), name);
    }

    /** Returns the names of the tensors in a list. */
    String[] tensors(int place) {
        return values.list(id(place)).stream()
                .map(id -> values.name(id, resultType()))
                .toArray(String[]::new);
    }

    /** Returns a tensor that is the same in every call: a weight or a constant. */
    Tensor weight(int place) {
        Tensor weight = values.weight(id(place));
        if (weight == null) {
            throw unsupported("with weights that it computes");
        }
        return weight;
    }

    /** Returns whether an optional argument was omitted. */
    boolean isNone(int place) {
        return place >= arguments() || values.isNone(id(place));
    }

    /** Returns the extents of a tensor. */
    BatchShape shape(int place) {
        TracedValue value = values.value(id(place));
        return known(value == null ? null : value.shape());
    }

    /** Returns an extent that must not follow the batch. */
    long extent(int place, int dimension) {
        return fixed(shape(place), dimension);
    }

    long fixed(BatchShape shape, int dimension) {
        if (shape.followsBatch(dimension)) {
            throw unsupported("over the batch");
        }
        return shape.ofTwo()[dimension];
    }

    int rank(int place) {
        return shape(place).rank();
    }

    /** Returns a dimension; the argument may count from the end. */
    int dimension(int place, int rank) {
        return (int) Math.floorMod(integer(place), (long) rank);
    }

    long integer(int place) {
        return integer(values.literal(id(place)));
    }

    private long integer(Object literal) {
        if (literal instanceof Long value) {
            return value;
        }
        throw literal instanceof BatchMultiple
                ? unsupported("with a number that depends on the batch")
                : unsupported("with numbers that it computes");
    }

    double number(int place) {
        Object literal = values.literal(id(place));
        if (literal instanceof String text) {
            return Double.parseDouble(text);
        }
        return literal instanceof Double value ? value : integer(literal);
    }

    boolean flag(int place) {
        if (values.literal(id(place)) instanceof Boolean value) {
            return value;
        }
        throw unsupported("with a condition that it computes");
    }

    String text(int place) {
        return String.valueOf(values.literal(id(place)));
    }

    /** Returns a list of integers. */
    long[] integers(int place) {
        return values.literals(id(place)).stream().mapToLong(this::integer).toArray();
    }

    /** Returns one integer for each of {@code count} dimensions; a list of one applies to all, an empty one selects {@code otherwise}. */
    long[] integers(int place, int count, long[] otherwise) {
        long[] given = integers(place);
        if (given.length == 0) {
            return otherwise;
        }
        long[] all = new long[count];
        for (int i = 0; i < count; i++) {
            all[i] = given[Math.min(i, given.length - 1)];
        }
        return all;
    }

    /** Returns the extents of the first result. */
    BatchShape resultShape() {
        return known(node.outputs().get(0).shape());
    }

    int resultRank() {
        return resultShape().rank();
    }

    DataType resultType() {
        String type = node.outputs().get(0).type();
        return type == null ? DataType.FLOAT : OnnxTensors.type(type);
    }

    List<TracedValue> results() {
        return node.outputs();
    }

    private BatchShape known(BatchShape shape) {
        if (shape == null) {
            throw unsupported("on values of no known shape");
        }
        return shape;
    }

    /** Returns the error for a call that has no equivalent in ONNX. */
    Ascend4jException unsupported(String how) {
        return new Ascend4jException(
                "ONNX export has no mapping of " + node.description() + (how.isEmpty() ? "" : " " + how));
    }
}

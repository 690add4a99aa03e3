package org.ascend4j.export.onnx;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ascend4j.Ascend4jException;
import org.ascend4j.export.BatchMultiple;
import org.ascend4j.export.TracedNode;
import org.ascend4j.export.TracedValue;
import org.bytedeco.pytorch.Tensor;

/** The known values of a traced graph: numbers, lists, weights, and the names of values that are already in the ONNX graph. */
final class Values {
    private final OnnxGraph graph;
    private final Map<Integer, TracedValue> values = new HashMap<>();
    private final Map<Integer, Object> literals = new HashMap<>();
    private final Map<Integer, List<Integer>> lists = new HashMap<>();
    private final Map<Integer, String> names = new HashMap<>();
    private final Map<Integer, Tensor> weights = new HashMap<>();
    private final Map<Integer, String> weightNames = new HashMap<>();
    private final Map<Integer, Integer> uses = new HashMap<>();
    private Map<Integer, BatchNormFolding.Folded> folded = Map.of();

    Values(OnnxGraph graph) {
        this.graph = graph;
    }

    void describe(TracedValue value) {
        values.put(value.id(), value);
    }

    void weight(int id, String name, Tensor tensor) {
        weights.put(id, tensor);
        weightNames.put(id, name);
    }

    void constant(TracedNode node) {
        int id = node.outputs().get(0).id();
        if (node.literal() instanceof Tensor tensor) {
            weight(id, "constant", tensor);
        } else {
            literals.put(id, node.literal());
        }
    }

    void list(int id, List<Integer> items) {
        lists.put(id, items);
    }

    void name(int id, String name) {
        names.put(id, name);
    }

    void use(int id) {
        uses.merge(id, 1, Integer::sum);
    }

    void fold(Map<Integer, BatchNormFolding.Folded> weights) {
        folded = weights;
    }

    /** Returns the folded weights of the convolution with that result, or null if no batch norm is folded into it. */
    BatchNormFolding.Folded folded(int id) {
        return folded.get(id);
    }

    /** Returns how many calls read a value. */
    int uses(int id) {
        return uses.getOrDefault(id, 0);
    }

    TracedValue value(int id) {
        return values.get(id);
    }

    /** Returns the name of a tensor, weight or number in the ONNX graph; a number becomes a scalar of {@code type}. */
    String name(int id, DataType type) {
        String known = names.get(id);
        if (known != null) {
            return known;
        }
        String added;
        if (weights.containsKey(id)) {
            added = graph.tensor(weightNames.get(id), weights.get(id));
            names.put(id, added);
            return added;
        }
        Object literal = literals.get(id);
        if (literal instanceof Number number) {
            return graph.scalar(type, number.doubleValue());
        } else if (literal instanceof String text) {
            return graph.scalar(type, Double.parseDouble(text));
        } else if (literal instanceof Boolean flag) {
            return graph.scalar(DataType.BOOL, flag ? 1 : 0);
        }
        throw new Ascend4jException("ONNX export expects tensors and numbers, found "
                + (literal instanceof BatchMultiple ? "a number that depends on the batch" : "another value"));
    }

    Tensor weight(int id) {
        return weights.get(id);
    }

    String weightName(int id) {
        return weightNames.get(id);
    }

    boolean isNone(int id) {
        return literals.containsKey(id) && literals.get(id) == null;
    }

    Object literal(int id) {
        return literals.get(id);
    }

    List<Integer> list(int id) {
        return lists.getOrDefault(id, List.of());
    }

    /** Returns the items of a list of numbers. */
    List<Object> literals(int id) {
        if (literals.get(id) instanceof List<?> items) {
            return new ArrayList<>(items);
        } else if (literals.get(id) != null) {
            return List.of(literals.get(id));
        }
        List<Object> items = new ArrayList<>();
        list(id).forEach(item -> items.add(literals.get(item)));
        return items;
    }
}

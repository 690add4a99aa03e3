package org.ascend4j.export.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** Converts an LSTM to one node per layer. torch orders the gates input, forget, cell, output; ONNX orders them input, output, forget, cell. */
final class Recurrences {
    private static final int[] GATES = {0, 3, 1, 2};

    private Recurrences() {}

    static void addTo(Map<String, Converter> all) {
        all.put("aten::lstm", Recurrences::lstm);
    }

    /** Arguments: input, states, weights, whether there are biases, layers, dropout, whether in training, whether bidirectional, whether batch first. */
    private static String lstm(Call call) {
        if (!call.flag(3) || call.arguments() != 9 || call.results().size() != 3) {
            throw call.unsupported("without biases or on packed sequences");
        }
        if (call.values().uses(call.results().get(1).id()) > 0
                || call.values().uses(call.results().get(2).id()) > 0) {
            throw call.unsupported("whose last states are read beside its output");
        }
        OnnxGraph graph = call.graph();
        List<Integer> weights = call.values().list(call.id(2));
        int directions = call.flag(7) ? 2 : 1;
        long layers = call.integer(4);
        List<Integer> states = call.values().list(call.id(1));
        String value = call.flag(8) ? swapped(call, call.tensor(0)) : call.tensor(0);
        for (int layer = 0; layer < layers; layer++) {
            List<Integer> own = weights.subList(4 * directions * layer, 4 * directions * (layer + 1));
            long hidden = weight(call, own.get(1)).size(1);
            String start = state(call, states.get(0), layer, directions);
            String cell = state(call, states.get(1), layer, directions);
            Attributes attributes = new Attributes()
                    .with("hidden_size", hidden)
                    .with("direction", directions == 2 ? "bidirectional" : "forward");
            String output = graph.node(
                    "LSTM",
                    attributes,
                    value,
                    graph.tensor("lstm.W", gates(call, own, 0, directions)),
                    graph.tensor("lstm.R", gates(call, own, 1, directions)),
                    graph.tensor("lstm.B", biases(call, own, directions)),
                    "",
                    start,
                    cell);
            // From sequence x directions x batch x hidden to sequence x batch x all hidden.
            String ordered = graph.node("Transpose", new Attributes().with("perm", 0L, 2L, 1L, 3L), output);
            value = graph.node("Reshape", ordered, graph.longs(0, 0, directions * hidden));
        }
        return call.flag(8) ? swapped(call, value) : value;
    }

    private static String swapped(Call call, String value) {
        return call.graph().node("Transpose", new Attributes().with("perm", 1L, 0L, 2L), value);
    }

    private static String state(Call call, int id, int layer, int directions) {
        String all = call.values().name(id, call.resultType());
        return Selections.slice(call, all, 0, (long) layer * directions, (long) (layer + 1) * directions, 1);
    }

    private static Tensor weight(Call call, int id) {
        Tensor weight = call.values().weight(id);
        if (weight == null) {
            throw call.unsupported("with weights that it computes");
        }
        return weight;
    }

    private static Tensor gates(Call call, List<Integer> own, int kind, int directions) {
        List<Tensor> all = new ArrayList<>();
        for (int direction = 0; direction < directions; direction++) {
            all.add(reordered(weight(call, own.get(4 * direction + kind))));
        }
        return torch.stack(new TensorVector(all.toArray(Tensor[]::new)));
    }

    private static Tensor biases(Call call, List<Integer> own, int directions) {
        List<Tensor> all = new ArrayList<>();
        for (int direction = 0; direction < directions; direction++) {
            Tensor input = reordered(weight(call, own.get(4 * direction + 2)));
            Tensor hidden = reordered(weight(call, own.get(4 * direction + 3)));
            all.add(torch.cat(new TensorVector(input, hidden), 0));
        }
        return torch.stack(new TensorVector(all.toArray(Tensor[]::new)));
    }

    private static Tensor reordered(Tensor gates) {
        long size = gates.size(0) / GATES.length;
        Tensor[] rows = new Tensor[GATES.length];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = gates.narrow(0, GATES[i] * size, size);
        }
        return torch.cat(new TensorVector(rows), 0);
    }
}

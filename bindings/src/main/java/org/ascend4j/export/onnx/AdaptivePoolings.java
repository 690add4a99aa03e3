package org.ascend4j.export.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Poolings into maps of a given size, for input maps of any size: as windows of equal size where possible, else with one computation per part. */
final class AdaptivePoolings {
    private AdaptivePoolings() {}

    static void addTo(Map<String, Converter> all) {
        all.put("aten::adaptive_avg_pool1d", AdaptivePoolings::average);
        all.put("aten::adaptive_avg_pool2d", AdaptivePoolings::average);
        all.put("aten::adaptive_max_pool2d", AdaptivePoolings::max);
    }

    private static String average(Call call) {
        if (IntStream.range(2, call.resultRank()).allMatch(i -> to(call, i) == 1)) {
            return call.graph().node("GlobalAveragePool", call.tensor(0));
        } else if (isEven(call)) {
            return equalWindows(call, "AveragePool");
        }
        // Each dimension is multiplied with the matrix of the parts' weights.
        String value = call.tensor(0);
        for (int i = 2; i < call.resultRank(); i++) {
            long from = call.extent(0, i);
            long to = to(call, i);
            boolean last = i == call.resultRank() - 1;
            float[] weights = new float[(int) (from * to)];
            for (long part = 0; part < to; part++) {
                long begin = begin(part, from, to);
                long end = end(part, from, to);
                for (long at = begin; at < end; at++) {
                    weights[(int) (last ? at * to + part : part * from + at)] = 1f / (end - begin);
                }
            }
            value = last
                    ? call.graph().node("MatMul", value, call.graph().floats(weights, from, to))
                    : call.graph().node("MatMul", call.graph().floats(weights, to, from), value);
        }
        return value;
    }

    private static String max(Call call) {
        if (call.results().size() > 1
                && call.values().uses(call.results().get(1).id()) > 0) {
            throw call.unsupported("that keeps where the largest values were");
        }
        if (isEven(call)) {
            return equalWindows(call, "MaxPool");
        }
        String value = call.tensor(0);
        for (int i = 2; i < call.resultRank(); i++) {
            List<String> parts = new ArrayList<>();
            for (long part = 0; part < to(call, i); part++) {
                long from = call.extent(0, i);
                String window = Selections.slice(
                        call, value, i, begin(part, from, to(call, i)), end(part, from, to(call, i)), 1);
                parts.add(call.graph()
                        .node(
                                "ReduceMax",
                                new Attributes().with("axes", new long[] {i}).with("keepdims", 1L),
                                window));
            }
            value = call.graph().node("Concat", new Attributes().with("axis", (long) i), parts.toArray(String[]::new));
        }
        return value;
    }

    private static boolean isEven(Call call) {
        return IntStream.range(2, call.resultRank()).allMatch(i -> call.extent(0, i) % to(call, i) == 0);
    }

    private static String equalWindows(Call call, String operator) {
        long[] sizes = IntStream.range(2, call.resultRank())
                .mapToLong(i -> call.extent(0, i) / to(call, i))
                .toArray();
        return call.graph()
                .node(operator, new Attributes().with("kernel_shape", sizes).with("strides", sizes), call.tensor(0));
    }

    private static long to(Call call, int dimension) {
        return call.fixed(call.resultShape(), dimension);
    }

    private static long begin(long part, long from, long to) {
        return part * from / to;
    }

    private static long end(long part, long from, long to) {
        return ((part + 1) * from + to - 1) / to;
    }
}

package org.ascend4j.export.onnx;

import java.util.Map;
import java.util.stream.IntStream;

/** Sums, means and extremes over dimensions other than the batch. */
final class Reductions {
    private Reductions() {}

    static void addTo(Map<String, Converter> all) {
        all.put("aten::mean", call -> reduce(call, "ReduceMean"));
        all.put("aten::amax", call -> reduce(call, "ReduceMax"));
        all.put("aten::amin", call -> reduce(call, "ReduceMin"));
        all.put("aten::sum", Reductions::sum);
        all.put("aten::argmax", Reductions::largest);
    }

    private static String reduce(Call call, String operator) {
        return call.graph()
                .node(
                        operator,
                        new Attributes().with("axes", dimensions(call)).with("keepdims", keeps(call)),
                        call.tensor(0));
    }

    private static String sum(Call call) {
        return call.graph().sum(call.promoted(0), keeps(call) == 1, dimensions(call));
    }

    /** Arguments: input, dimensions, whether they are kept. Without a list of dimensions the whole batch would be reduced to one number. */
    private static long[] dimensions(Call call) {
        if (call.arguments() < 3) {
            throw call.unsupported("over the batch");
        }
        int rank = call.rank(0);
        long[] given = call.isNone(1) ? new long[0] : call.integers(1);
        long[] all = given.length > 0
                ? given
                : IntStream.range(0, rank).asLongStream().toArray();
        for (int i = 0; i < all.length; i++) {
            all[i] = Math.floorMod(all[i], (long) rank);
            call.extent(0, (int) all[i]);
        }
        return all;
    }

    private static long keeps(Call call) {
        return call.flag(2) ? 1 : 0;
    }

    private static String largest(Call call) {
        if (call.isNone(1)) {
            throw call.unsupported("over the batch");
        }
        return call.graph()
                .node(
                        "ArgMax",
                        new Attributes()
                                .with("axis", (long) call.dimension(1, call.rank(0)))
                                .with("keepdims", keeps(call)),
                        call.tensor(0));
    }
}

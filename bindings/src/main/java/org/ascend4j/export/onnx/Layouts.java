package org.ascend4j.export.onnx;

import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.ascend4j.export.BatchShape;

/** Operators that change only a value's shape, type or order, or that change nothing. */
final class Layouts {
    private Layouts() {}

    static void addTo(Map<String, Converter> all) {
        for (String name : List.of("reshape", "view", "flatten", "unflatten", "_reshape_alias", "_unsafe_view")) {
            all.put("aten::" + name, Layouts::reshape);
        }
        for (String name : List.of("unsqueeze", "squeeze")) {
            all.put("aten::" + name, Layouts::reshape);
        }
        for (String name : List.of("dropout", "feature_dropout", "alpha_dropout")) {
            all.put("aten::" + name, Layouts::dropout);
        }
        for (String name : List.of("detach", "contiguous", "alias", "clone", "identity")) {
            all.put("aten::" + name, call -> call.tensor(0));
        }
        for (String name : List.of("to", "_to_copy", "type_as", "float")) {
            all.put("aten::" + name, Layouts::convert);
        }
        all.put("aten::t", call -> swap(call, 0, call.rank(0) - 1));
        all.put(
                "aten::transpose",
                call -> swap(call, call.dimension(1, call.rank(0)), call.dimension(2, call.rank(0))));
        all.put("aten::permute", Layouts::permute);
        all.put("aten::expand", Layouts::expand);
        all.put("aten::expand_as", Layouts::expand);
        all.put("aten::arange", Layouts::range);
        for (String name : List.of("zeros", "zeros_like", "new_zeros")) {
            all.put("aten::" + name, call -> filled(call, 0));
        }
        for (String name : List.of("ones", "ones_like", "new_ones")) {
            all.put("aten::" + name, call -> filled(call, 1));
        }
    }

    /** Reshapes to the shape of the result, ignoring the arguments; the runtime infers the one dimension that follows the batch. */
    private static String reshape(Call call) {
        BatchShape shape = call.resultShape();
        if (shape.batchDimensions() > 1) {
            throw call.unsupported("into a shape with the batch in more than one dimension, " + shape);
        }
        if (shape.equals(call.shape(0))) {
            return call.tensor(0);
        }
        if (shape.rank() == 2 && call.rank(0) > 1 && isBatchOfBoth(shape, call.shape(0))) {
            return call.graph().node("Flatten", new Attributes().with("axis", 1L), call.tensor(0));
        }
        return call.graph().node("Reshape", call.tensor(0), call.graph().longs(shape.extents()));
    }

    private static boolean isBatchOfBoth(BatchShape one, BatchShape other) {
        return one.followsBatch(0)
                && other.batchDimensions() == 1
                && one.ofTwo()[0] == other.ofTwo()[0]
                && one.ofThree()[0] == other.ofThree()[0];
    }

    private static String dropout(Call call) {
        if (call.flag(2)) {
            throw call.unsupported("in training");
        }
        return call.tensor(0);
    }

    private static String convert(Call call) {
        return call.promoted(0);
    }

    private static String swap(Call call, int one, int other) {
        int rank = call.rank(0);
        long[] order = IntStream.range(0, rank)
                .mapToLong(i -> i == one ? other : i == other ? one : i)
                .toArray();
        return rank < 2 ? call.tensor(0) : permuted(call, order);
    }

    private static String permute(Call call) {
        int rank = call.rank(0);
        long[] order = call.integers(1);
        for (int i = 0; i < order.length; i++) {
            order[i] = Math.floorMod(order[i], (long) rank);
        }
        return permuted(call, order);
    }

    private static String permuted(Call call, long... order) {
        return call.graph().node("Transpose", new Attributes().with("perm", order), call.tensor(0));
    }

    private static String expand(Call call) {
        return call.graph().node("Expand", call.tensor(0), call.graph().extents(call.resultShape()));
    }

    private static String filled(Call call, double value) {
        TensorProto item = OnnxTensors.scalar("", call.resultType(), value).toBuilder()
                .addDims(1)
                .build();
        return call.graph()
                .node(
                        "ConstantOfShape",
                        new Attributes().with("value", item),
                        call.graph().extents(call.resultShape()));
    }

    /** Converts a range. Arguments: end, or begin and end, or begin, end and step; then four tensor options. */
    private static String range(Call call) {
        int numbers = call.arguments() - 4;
        double begin = numbers > 1 ? call.number(0) : 0;
        double step = numbers > 2 ? call.number(2) : 1;
        int count = (int) call.fixed(call.resultShape(), 0);
        if (call.resultType() == DataType.INT64) {
            return call.graph()
                    .longs(IntStream.range(0, count)
                            .mapToLong(i -> (long) (begin + i * step))
                            .toArray());
        }
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) (begin + i * step);
        }
        return call.graph().floats(values, count);
    }
}

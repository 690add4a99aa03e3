package org.ascend4j.export.onnx;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.Map;
import java.util.stream.IntStream;

/** Matrix products, fully connected layers, and attention. */
final class Products {
    private Products() {}

    static void addTo(Map<String, Converter> all) {
        all.put("aten::linear", Products::linear);
        all.put("aten::matmul", Products::product);
        all.put("aten::mm", Products::product);
        all.put("aten::bmm", Products::product);
        all.put("aten::addmm", Products::added);
        all.put("aten::baddbmm", Products::added);
        all.put("aten::scaled_dot_product_attention", Products::attention);
    }

    /** Arguments: input, weight, bias. */
    private static String linear(Call call) {
        OnnxGraph graph = call.graph();
        if (call.rank(0) == 2) {
            Attributes transposed = new Attributes().with("transB", 1L);
            return call.isNone(2)
                    ? graph.node("Gemm", transposed, call.tensor(0), call.tensor(1))
                    : graph.node("Gemm", transposed, call.tensor(0), call.tensor(1), call.tensor(2));
        }
        String turned = transposed(graph, call.tensor(1), 2);
        String product = graph.node("MatMul", call.tensor(0), turned);
        return call.isNone(2) ? product : graph.node("Add", product, call.tensor(2));
    }

    private static String product(Call call) {
        return call.graph().node("MatMul", call.tensor(0), call.tensor(1));
    }

    /** Arguments: summand, left, right, factor of the summand, factor of the product. */
    private static String added(Call call) {
        if (call.number(3) != 1 || call.number(4) != 1) {
            throw call.unsupported("with factors");
        }
        return call.graph().node("Add", call.graph().node("MatMul", call.tensor(1), call.tensor(2)), call.tensor(0));
    }

    /** Arguments: queries, keys, values, mask, dropout, whether causal, scale. */
    private static String attention(Call call) {
        if (call.flag(5) || call.number(4) != 0) {
            throw call.unsupported("that is causal or drops values");
        }
        OnnxGraph graph = call.graph();
        int rank = call.rank(0);
        double scale = call.isNone(6) ? 1 / Math.sqrt(call.extent(0, rank - 1)) : call.number(6);
        String products = graph.node("MatMul", call.tensor(0), transposed(graph, call.tensor(1), call.rank(1)));
        String scaled = graph.node("Mul", products, graph.scalar(DataType.FLOAT, scale));
        String masked = call.isNone(3) ? scaled : graph.node("Add", scaled, call.tensor(3));
        return graph.node("MatMul", graph.softmax("Softmax", masked, rank - 1, rank), call.tensor(2));
    }

    /** Swaps the last two dimensions. */
    private static String transposed(OnnxGraph graph, String value, int rank) {
        long[] order = IntStream.range(0, rank)
                .mapToLong(i -> i < rank - 2 ? i : 2L * rank - 3 - i)
                .toArray();
        return graph.node("Transpose", new Attributes().with("perm", order), value);
    }
}

package org.ascend4j.export.onnx;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.List;
import java.util.Map;
import org.ascend4j.export.TracedValue;

/** Operators for parts of values, concatenation, borders, embeddings, and resizing. */
final class Selections {
    private Selections() {}

    static void addTo(Map<String, Converter> all) {
        all.put("aten::cat", Selections::concatenate);
        all.put("aten::concat", Selections::concatenate);
        all.put("aten::stack", Selections::stack);
        all.put("aten::slice", Selections::slice);
        all.put("aten::narrow", Selections::narrow);
        all.put("aten::select", Selections::select);
        all.put("aten::embedding", call -> call.graph().node("Gather", call.tensor(0), call.tensor(1)));
        all.put("aten::constant_pad_nd", Selections::border);
        all.put("aten::pad", Selections::border);
        all.put("aten::upsample_nearest2d", call -> resize(call, "nearest", "asymmetric"));
        all.put("aten::upsample_bilinear2d", Selections::bilinear);
    }

    private static String concatenate(Call call) {
        return call.graph()
                .node(
                        "Concat",
                        new Attributes().with("axis", (long) call.dimension(1, call.resultRank())),
                        call.tensors(0));
    }

    private static String stack(Call call) {
        int dimension = call.dimension(1, call.resultRank());
        String[] layers = call.tensors(0);
        for (int i = 0; i < layers.length; i++) {
            layers[i] = call.graph().unsqueeze(layers[i], dimension);
        }
        return call.graph().node("Concat", new Attributes().with("axis", (long) dimension), layers);
    }

    /** Arguments: input, dimension, begin, end, step. */
    private static String slice(Call call) {
        long begin = call.isNone(2) ? 0 : call.integer(2);
        long end = call.isNone(3) ? Long.MAX_VALUE : call.integer(3);
        return slice(call, call.tensor(0), call.dimension(1, call.rank(0)), begin, end, call.integer(4));
    }

    static String slice(Call call, String value, int dimension, long begin, long end, long step) {
        OnnxGraph graph = call.graph();
        return graph.node(
                "Slice", value, graph.longs(begin), graph.longs(end), graph.longs(dimension), graph.longs(step));
    }

    /** Arguments: input, dimension, begin, length. */
    private static String narrow(Call call) {
        long begin = call.integer(2);
        int dimension = call.dimension(1, call.rank(0));
        long length = call.integer(3);
        return slice(call, call.tensor(0), dimension, begin, begin + length, 1);
    }

    /** Arguments: input, dimension, index. */
    private static String select(Call call) {
        int dimension = call.dimension(1, call.rank(0));
        long index = call.integer(2);
        return call.graph()
                .node(
                        "Gather",
                        new Attributes().with("axis", (long) dimension),
                        call.tensor(0),
                        call.graph().scalar(DataType.INT64, index < 0 ? index + call.extent(0, dimension) : index));
    }

    /** Arguments: input, paddings from the last dimension on, and a value, or a mode and a value. */
    private static String border(Call call) {
        boolean named = call.arguments() > 3;
        if (named && !call.text(2).equals("constant")) {
            throw call.unsupported("with the mode " + call.text(2));
        }
        int valueAt = named ? 3 : 2;
        double value = call.isNone(valueAt) ? 0 : call.number(valueAt);
        long[] given = call.integers(1);
        int rank = call.rank(0);
        long[] all = new long[2 * rank];
        for (int i = 0; i < given.length / 2; i++) {
            all[rank - 1 - i] = given[2 * i];
            all[2 * rank - 1 - i] = given[2 * i + 1];
        }
        return call.graph()
                .node(
                        "Pad",
                        call.tensor(0),
                        call.graph().longs(all),
                        call.graph().scalar(call.resultType(), value));
    }

    /** Pads maps with zeros; the paddings at the beginnings of all dimensions come before those at the ends. */
    static String pad(Call call, String maps, long... around) {
        int dimensions = around.length / 2;
        long[] all = new long[2 * dimensions + 4];
        System.arraycopy(around, 0, all, 2, dimensions);
        System.arraycopy(around, dimensions, all, dimensions + 4, dimensions);
        return call.graph().node("Pad", maps, call.graph().longs(all));
    }

    private static String bilinear(Call call) {
        return resize(call, "linear", call.flag(2) ? "align_corners" : "half_pixel");
    }

    private static String resize(Call call, String mode, String coordinates) {
        float[] scales = {1, 1, scale(call, 2), scale(call, 3)};
        Attributes attributes = new Attributes().with("mode", mode).with("coordinate_transformation_mode", coordinates);
        if (mode.equals("nearest")) {
            attributes.with("nearest_mode", "floor");
        }
        return call.graph()
                .node(
                        "Resize",
                        attributes,
                        call.tensor(0),
                        // Opset 11 requires the region of interest as an input, although only another mode reads it.
                        call.graph().floats(new float[0], 0),
                        call.graph().floats(scales, 4));
    }

    private static float scale(Call call, int dimension) {
        return (float) call.fixed(call.resultShape(), dimension) / call.extent(0, dimension);
    }

    /** Returns the results of a split, chunk or unbind; their shapes determine the parts. */
    static List<String> parts(Call call, List<TracedValue> results) {
        int dimension = call.dimension(call.arguments() - 1, call.rank(0));
        long[] lengths = results.stream()
                .mapToLong(part -> call.fixed(part.shape(), dimension))
                .toArray();
        return call.graph().split(call.tensor(0), dimension, lengths);
    }
}

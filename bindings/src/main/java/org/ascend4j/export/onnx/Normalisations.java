package org.ascend4j.export.onnx;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.LongStream;

/** Normalisations in evaluation mode. */
final class Normalisations {
    private Normalisations() {}

    static void addTo(Map<String, Converter> all) {
        all.put("aten::batch_norm", Normalisations::batch);
        all.put("aten::instance_norm", Normalisations::instance);
        all.put("aten::group_norm", Normalisations::group);
        all.put("aten::layer_norm", Normalisations::layer);
    }

    /** Arguments: input, weight, bias, mean, variance, whether in training, momentum, epsilon. */
    private static String batch(Call call) {
        if (call.values().folded(call.id(0)) != null) {
            return call.tensor(0);
        }
        if (call.flag(5)) {
            throw call.unsupported("with the statistics of the batch");
        }
        long channels = call.weight(3).numel();
        String input = call.tensor(0);
        boolean flat = call.rank(0) == 2;
        // ATC's operator requires maps.
        String maps = flat ? call.graph().unsqueeze(input, 2, 3) : input;
        String normalised = call.graph()
                .node(
                        "BatchNormalization",
                        new Attributes().with("epsilon", call.number(7)),
                        maps,
                        vector(call, 1, channels, 1),
                        vector(call, 2, channels, 0),
                        call.tensor(3),
                        call.tensor(4));
        return flat ? call.graph().squeeze(normalised, 2, 3) : normalised;
    }

    /** Arguments: input, weight, bias, mean, variance, whether the input's own statistics are used, momentum, epsilon. */
    private static String instance(Call call) {
        if (!call.flag(5)) {
            throw call.unsupported("with running statistics");
        }
        long channels = call.extent(0, 1);
        return instances(
                call, call.tensor(0), vector(call, 1, channels, 1), vector(call, 2, channels, 0), call.number(7));
    }

    private static String instances(Call call, String input, String scale, String shift, double epsilon) {
        return call.graph()
                .node("InstanceNormalization", new Attributes().with("epsilon", epsilon), input, scale, shift);
    }

    /** Arguments: input, groups, weight, bias, epsilon. ATC has no such operator, so groups are normalised as the channels of an instance norm. */
    private static String group(Call call) {
        long groups = call.integer(1);
        String rows = call.graph().node("Reshape", call.tensor(0), call.graph().longs(0, groups, -1));
        String normalised = instances(call, rows, filled(call, groups, 1), filled(call, groups, 0), call.number(4));
        String maps = call.graph()
                .node("Reshape", normalised, call.graph().longs(call.shape(0).extents()));
        long[] trailing = LongStream.range(1, call.rank(0) - 1).toArray();
        String scaled = call.isNone(2) ? maps : call.graph().node("Mul", maps, perChannel(call, 2, trailing));
        return call.isNone(3) ? scaled : call.graph().node("Add", scaled, perChannel(call, 3, trailing));
    }

    private static String perChannel(Call call, int place, long... trailing) {
        return trailing.length == 0 ? call.tensor(place) : call.graph().unsqueeze(call.tensor(place), trailing);
    }

    /** Arguments: input, normalised shape, weight, bias, epsilon. The operator LayerNormalization exists only from opset 17. */
    private static String layer(Call call) {
        OnnxGraph graph = call.graph();
        int count = call.integers(1).length;
        long[] axes = LongStream.rangeClosed(1, count).map(i -> i - count - 1).toArray();
        String input = call.tensor(0);
        String centred = graph.node("Sub", input, mean(graph, input, axes));
        String variance = mean(graph, graph.node("Mul", centred, centred), axes);
        String shifted = graph.node("Add", variance, graph.scalar(DataType.FLOAT, call.number(4)));
        String normalised = graph.node("Div", centred, graph.node("Sqrt", shifted));
        String scaled = call.isNone(2) ? normalised : graph.node("Mul", normalised, call.tensor(2));
        return call.isNone(3) ? scaled : graph.node("Add", scaled, call.tensor(3));
    }

    private static String mean(OnnxGraph graph, String value, long... axes) {
        return graph.node("ReduceMean", new Attributes().with("axes", axes).with("keepdims", 1L), value);
    }

    private static String vector(Call call, int place, long length, double otherwise) {
        return call.isNone(place) ? filled(call, length, otherwise) : call.tensor(place);
    }

    private static String filled(Call call, long length, double value) {
        float[] values = new float[(int) length];
        Arrays.fill(values, (float) value);
        return call.graph().floats(values, length);
    }
}

package org.ascend4j.export.onnx;

import java.util.Map;
import java.util.stream.LongStream;
import org.bytedeco.pytorch.Tensor;

/** Convolutions and transposed convolutions of any number of dimensions. */
final class Convolutions {
    private Convolutions() {}

    static void addTo(Map<String, Converter> all) {
        all.put("aten::_convolution", Convolutions::convolution);
    }

    private static String convolution(Call call) {
        int dimensions = call.rank(0) - 2;
        Tensor weight = call.weight(1);
        long[] padding = call.integers(4, dimensions, null);
        Attributes attributes = new Attributes()
                .with(
                        "kernel_shape",
                        LongStream.range(2, weight.dim()).map(weight::size).toArray())
                .with("strides", call.integers(3, dimensions, null))
                .with("pads", both(padding, padding))
                .with("dilations", call.integers(5, dimensions, null))
                .with("group", call.integer(8));
        boolean transposed = call.flag(6);
        if (transposed) {
            attributes.with("output_padding", call.integers(7, dimensions, null));
        }
        String operator = transposed ? "ConvTranspose" : "Conv";
        BatchNormFolding.Folded folded =
                call.values().folded(call.results().get(0).id());
        if (folded != null) {
            String name = call.values().weightName(call.id(1));
            return call.graph()
                    .node(
                            operator,
                            attributes,
                            call.tensor(0),
                            call.graph().tensor(name, folded.weight()),
                            call.graph().tensor(name.replaceFirst("weight$", "") + "bias", folded.bias()));
        }
        return call.isNone(2)
                ? call.graph().node(operator, attributes, call.tensor(0), call.tensor(1))
                : call.graph().node(operator, attributes, call.tensor(0), call.tensor(1), call.tensor(2));
    }

    /** Returns the paddings at the beginnings followed by those at the ends, the order that ONNX requires. */
    static long[] both(long[] begins, long[] ends) {
        return LongStream.concat(LongStream.of(begins), LongStream.of(ends)).toArray();
    }
}

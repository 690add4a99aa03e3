package org.ascend4j.export.onnx;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;

/** Poolings with windows of a fixed size. Rounding up is expressed as padding at the ends, which every runtime interprets the same way. */
final class Poolings {
    private Poolings() {}

    static void addTo(Map<String, Converter> all) {
        for (int dimensions = 1; dimensions <= 3; dimensions++) {
            all.put("aten::max_pool" + dimensions + "d", Poolings::max);
            all.put("aten::avg_pool" + dimensions + "d", Poolings::average);
        }
    }

    /** Arguments: input, kernel, stride, padding, dilation, whether to round up. */
    private static String max(Call call) {
        Window window = new Window(call, call.integers(4, call.rank(0) - 2, null), call.flag(5));
        return call.graph()
                .node(
                        "MaxPool",
                        window.attributes(window.padding, window.ends()).with("dilations", window.dilation),
                        call.tensor(0));
    }

    /** Arguments: input, kernel, stride, padding, whether to round up, whether padding counts, a divisor. */
    private static String average(Call call) {
        boolean paddingCounts = call.flag(5);
        int dimensions = call.rank(0) - 2;
        Window window = new Window(
                call, IntStream.range(0, dimensions).mapToLong(i -> 1).toArray(), call.flag(4));
        long[] ends = window.ends();
        boolean even = Arrays.equals(ends, window.padding);
        if (!call.isNone(6)) {
            if (!even) {
                throw call.unsupported("with a divisor of its own, rounding up");
            }
            String mean = call.graph()
                    .node(
                            "AveragePool",
                            window.attributes(window.padding, ends).with("count_include_pad", 1L),
                            call.tensor(0));
            double pixels = Arrays.stream(window.kernel).reduce(1, (left, right) -> left * right);
            return call.graph().node("Mul", mean, call.graph().scalar(call.resultType(), pixels / call.number(6)));
        }
        if (paddingCounts && !even) {
            // torch counts the explicit padding, but not the padding that rounding up adds at the end.
            long[] none = new long[dimensions];
            long[] around = Convolutions.both(window.padding, window.padding);
            String padded = Selections.pad(call, call.tensor(0), around);
            long[] beyond = IntStream.range(0, dimensions)
                    .mapToLong(i -> ends[i] - window.padding[i])
                    .toArray();
            return call.graph()
                    .node("AveragePool", window.attributes(none, beyond).with("count_include_pad", 0L), padded);
        }
        return call.graph()
                .node(
                        "AveragePool",
                        window.attributes(window.padding, ends).with("count_include_pad", paddingCounts ? 1L : 0L),
                        call.tensor(0));
    }

    /** The windows of a pooling. */
    private static final class Window {
        private final long[] kernel;
        private final long[] stride;
        private final long[] padding;
        private final long[] dilation;
        private final boolean roundsUp;
        private final Call call;

        Window(Call call, long[] dilation, boolean roundsUp) {
            this.call = call;
            int dimensions = call.rank(0) - 2;
            kernel = call.integers(1, dimensions, null);
            stride = call.integers(2, dimensions, kernel);
            padding = call.integers(3, dimensions, null);
            this.dilation = dilation;
            this.roundsUp = roundsUp;
        }

        Attributes attributes(long[] begins, long[] ends) {
            return new Attributes()
                    .with("kernel_shape", kernel)
                    .with("strides", stride)
                    .with("pads", Convolutions.both(begins, ends));
        }

        /** Returns the paddings at the ends with which rounding down gives the required number of windows. */
        long[] ends() {
            if (!roundsUp) {
                return padding;
            }
            long[] ends = new long[kernel.length];
            for (int i = 0; i < ends.length; i++) {
                long windows = call.fixed(call.resultShape(), i + 2);
                long needed = (windows - 1) * stride[i] + dilation[i] * (kernel[i] - 1) + 1;
                ends[i] = Math.max(padding[i], needed - call.extent(0, i + 2) - padding[i]);
            }
            return ends;
        }
    }
}

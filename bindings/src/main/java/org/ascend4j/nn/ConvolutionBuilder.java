package org.ascend4j.nn;

import java.util.Arrays;
import org.ascend4j.Ascend4jException;

/**
 * The options of a convolution; the defaults are stride 1, no padding, no dilation, one group, and a bias.
 *
 * <p>Options with a size for each dimension accept one number for all dimensions or one for each, with the height before the width.
 *
 * @param <B> the builder of the layer
 * @param <L> the layer
 * @since 0.1.0
 */
public abstract class ConvolutionBuilder<B extends ConvolutionBuilder<B, L>, L extends Layer> {
    final long in;
    final long out;
    final long[] kernel;
    long[] stride;
    long[] padding;
    long[] dilation;
    long groups = 1;
    boolean bias = true;

    ConvolutionBuilder(int dimensions, long in, long out, long... kernel) {
        this.in = in;
        this.out = out;
        this.kernel = Extents.of("a kernel", dimensions, kernel);
        stride = expand("a stride", 1);
        padding = expand("a padding", 0);
        dilation = expand("a dilation", 1);
    }

    /** Sets by how many pixels the kernel moves from one result to the next. */
    public B stride(long... sizes) {
        stride = expand("a stride", sizes);
        return self();
    }

    /** Sets the number of zeros before and after the input. */
    public B padding(long... sizes) {
        padding = expand("a padding", sizes);
        return self();
    }

    /** Sets the distance between the pixels that neighbouring taps of the kernel read. */
    public B dilation(long... sizes) {
        dilation = expand("a dilation", sizes);
        return self();
    }

    /** Sets the number of channel groups that are convolved separately; as many groups as channels make a depthwise convolution. */
    public B groups(long count) {
        if (count < 1 || in % count != 0 || out % count != 0) {
            throw new Ascend4jException(
                    "groups expects a divisor of " + in + " and " + out + " channels, found " + count);
        }
        groups = count;
        return self();
    }

    /** Sets whether each output channel has a bias. */
    public B bias(boolean wanted) {
        bias = wanted;
        return self();
    }

    /** Creates the layer, drawing its weights from torch's generator as Python's layer does; the caller owns it. */
    public abstract L build();

    abstract B self();

    final long[] expand(String what, long... sizes) {
        return Extents.of(what, kernel.length, sizes);
    }

    /** Returns the shape of a weight with these channels. */
    final long[] weightShape(long first, long second) {
        long[] shape = new long[kernel.length + 2];
        shape[0] = first;
        shape[1] = second;
        System.arraycopy(kernel, 0, shape, 2, kernel.length);
        return shape;
    }

    /** Returns the number of values that a kernel over {@code channels} reads for one result. */
    final long fanIn(long channels) {
        return channels * Arrays.stream(kernel).reduce(1, (a, b) -> a * b);
    }

    /** Returns a description such as {@code Conv2d 3x3/2}. */
    final String describe(String typeName) {
        String strides = Extents.all(stride[0], stride) ? "" + stride[0] : Extents.format(stride);
        return typeName + " " + Extents.format(kernel) + "/" + strides;
    }
}

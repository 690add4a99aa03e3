package org.ascend4j.nn;

/**
 * The options of a pooling; the defaults are adjacent windows and no padding.
 *
 * <p>Options with a height and a width accept one number for both or one for each.
 *
 * @param <B> the builder of the layer
 * @param <L> the layer
 * @since 0.1.0
 */
public abstract class PoolBuilder<B extends PoolBuilder<B, L>, L extends Layer> {
    final long[] kernel;
    long[] stride;
    long[] padding = {0, 0};
    boolean ceilMode;

    PoolBuilder(long... kernel) {
        this.kernel = Extents.of("a window", 2, kernel);
        stride = this.kernel;
    }

    /** Sets the distance between windows in pixels. */
    public B stride(long... sizes) {
        stride = Extents.of("a stride", 2, sizes);
        return self();
    }

    /** Sets the number of padding pixels around the input; at most half a window. */
    public B padding(long... sizes) {
        padding = Extents.of("a padding", 2, sizes);
        return self();
    }

    /** Sets whether a last window that starts inside the image is kept although it ends outside. */
    public B ceilMode(boolean wanted) {
        ceilMode = wanted;
        return self();
    }

    /** Creates the layer; the caller owns it. */
    public abstract L build();

    abstract B self();

    final String describe(String typeName) {
        String strides = stride[0] == stride[1] ? "" + stride[0] : Extents.format(stride);
        return typeName + " " + Extents.format(kernel) + "/" + strides;
    }
}

package org.ascend4j.trainer.model.googlenet;

import java.util.Locale;
import org.ascend4j.Labels;

/**
 * The layers before the first Inception block. Both stages end in a 3x3/2 max pooling unless stated otherwise. The map
 * sizes given are those of stages 3, 4 and 5.
 *
 * @since 0.1.0
 */
public enum Stem {
    /** The paper's stem: 7x7/2. Maps of 28, 14 and 7 pixels from 224, and of 4, 2 and 1 from 32. */
    IMAGENET(7, 2, true),
    /** 3x3/1 instead of 7x7/2. Maps of 8, 4 and 2 pixels from 32. */
    CIFAR(3, 1, true),
    /** As {@link #CIFAR} without the second pooling. Maps of 16, 8 and 4 pixels from 32; about four times the work. */
    CIFAR_FINE(3, 1, false);

    private final int kernel;
    private final int stride;
    private final boolean secondPool;

    Stem(int kernel, int stride, boolean secondPool) {
        this.kernel = kernel;
        this.stride = stride;
        this.secondPool = secondPool;
    }

    /** Returns the stem with this name. */
    public static Stem parse(String label) {
        return Labels.parse(Stem.class, "stem", label);
    }

    /** Returns the first convolution's kernel size. */
    public int kernel() {
        return kernel;
    }

    /** Returns the first convolution's stride. */
    public int stride() {
        return stride;
    }

    /** Returns whether stage 2 ends in a pooling. */
    public boolean secondPool() {
        return secondPool;
    }

    /** Returns the name used by the command line and checkpoints, such as {@code cifar-fine}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}

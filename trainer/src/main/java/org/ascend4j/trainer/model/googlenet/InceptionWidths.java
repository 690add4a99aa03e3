package org.ascend4j.trainer.model.googlenet;

/**
 * Output channels of an Inception block's convolutions, in the order of the paper's table 1.
 *
 * @param p1 the 1x1 branch
 * @param p2Reduce the 1x1 before the 3x3
 * @param p2 the 3x3 branch
 * @param p3Reduce the 1x1 before the 5x5
 * @param p3 the 5x5 branch
 * @param p4 the 1x1 after the pooling
 */
record InceptionWidths(int p1, int p2Reduce, int p2, int p3Reduce, int p3, int p4) {
    private static final int MULTIPLE = 8;

    static final InceptionWidths I3A = new InceptionWidths(64, 96, 128, 16, 32, 32);
    static final InceptionWidths I3B = new InceptionWidths(128, 128, 192, 32, 96, 64);
    static final InceptionWidths I4A = new InceptionWidths(192, 96, 208, 16, 48, 64);
    static final InceptionWidths I4B = new InceptionWidths(160, 112, 224, 24, 64, 64);
    static final InceptionWidths I4C = new InceptionWidths(128, 128, 256, 24, 64, 64);
    static final InceptionWidths I4D = new InceptionWidths(112, 144, 288, 32, 64, 64);
    static final InceptionWidths I4E = new InceptionWidths(256, 160, 320, 32, 128, 128);
    static final InceptionWidths I5A = new InceptionWidths(256, 160, 320, 32, 128, 128);
    static final InceptionWidths I5B = new InceptionWidths(384, 192, 384, 48, 128, 128);

    /** Returns these widths times a factor. */
    InceptionWidths scaled(double factor) {
        return new InceptionWidths(
                scale(p1, factor),
                scale(p2Reduce, factor),
                scale(p2, factor),
                scale(p3Reduce, factor),
                scale(p3, factor),
                scale(p4, factor));
    }

    /** Returns a number of channels times a factor, rounded to a multiple of 8, at least 8. */
    static int scale(int channels, double factor) {
        return factor == 1 ? channels : Math.max(MULTIPLE, MULTIPLE * (int) Math.rint(channels * factor / MULTIPLE));
    }

    /** Returns the total number of channels of the four branches. */
    int out() {
        return p1 + p2 + p3 + p4;
    }
}

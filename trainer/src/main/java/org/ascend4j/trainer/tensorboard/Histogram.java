package org.ascend4j.trainer.tensorboard;

/**
 * The distribution of values: counts in equal parts of their range.
 *
 * @param min the smallest value
 * @param max the largest value
 * @param count number of finite values
 * @param sum their sum
 * @param sumOfSquares the sum of their squares
 * @param limits the upper end of each part
 * @param counts number of values in each part
 */
record Histogram(
        double min, double max, double count, double sum, double sumOfSquares, double[] limits, double[] counts) {
    private static final int PARTS = 64;

    /** Counts finite values; all fields are zero if there are none. */
    static Histogram of(float[] values) {
        double min = Double.POSITIVE_INFINITY;
        double max = Double.NEGATIVE_INFINITY;
        double sum = 0;
        double squares = 0;
        int count = 0;
        for (float value : values) {
            if (Float.isFinite(value)) {
                min = Math.min(min, value);
                max = Math.max(max, value);
                sum += value;
                squares += (double) value * value;
                count++;
            }
        }
        if (count == 0) {
            return new Histogram(0, 0, 0, 0, 0, new double[] {0}, new double[] {0});
        }
        double width = max > min ? (max - min) / PARTS : 1;
        double[] limits = new double[PARTS];
        double[] counts = new double[PARTS];
        for (int i = 0; i < PARTS; i++) {
            limits[i] = i == PARTS - 1 ? Math.max(max, min + width) : min + (i + 1) * width;
        }
        for (float value : values) {
            if (Float.isFinite(value)) {
                counts[Math.min(PARTS - 1, (int) ((value - min) / width))]++;
            }
        }
        return new Histogram(min, max, count, sum, squares, limits, counts);
    }
}

package org.ascend4j.trainer.data;

/** The ranges of the heights and widths of images. */
final class SizeRange {
    private int leastHeight = Integer.MAX_VALUE;
    private int leastWidth = Integer.MAX_VALUE;
    private int mostHeight;
    private int mostWidth;

    void add(int height, int width) {
        leastHeight = Math.min(leastHeight, height);
        leastWidth = Math.min(leastWidth, width);
        mostHeight = Math.max(mostHeight, height);
        mostWidth = Math.max(mostWidth, width);
    }

    boolean areAll(int height, int width) {
        return leastHeight == height && mostHeight == height && leastWidth == width && mostWidth == width;
    }

    /** Returns width x height, the usual order for photographs, or both ends of their ranges. */
    @Override
    public String toString() {
        String most = mostWidth + "x" + mostHeight;
        return areAll(mostHeight, mostWidth) ? most : leastWidth + "x" + leastHeight + " to " + most;
    }
}

package org.ascend4j.trainer.data;

/**
 * A colour image in a Java array.
 *
 * @param width columns
 * @param height rows
 * @param planes red, then green, then blue: 3 x height x width unsigned bytes
 */
record RgbImage(int width, int height, byte[] planes) {
    static final int CHANNELS = 3;
}

package org.ascend4j.trainer.data;

/**
 * An image and the size that it had before it was fitted.
 *
 * @param image as it is now
 * @param height rows of the file
 * @param width columns of the file
 */
record FittedImage(RgbImage image, int height, int width) {}

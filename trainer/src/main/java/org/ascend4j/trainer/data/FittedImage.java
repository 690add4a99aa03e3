package org.ascend4j.trainer.data;

/**
 * An image and its size before fitting.
 *
 * @param image the fitted image
 * @param height rows of the original file
 * @param width columns of the original file
 */
record FittedImage(RgbImage image, int height, int width) {}

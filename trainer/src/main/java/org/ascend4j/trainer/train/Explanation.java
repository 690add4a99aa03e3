package org.ascend4j.trainer.train;

import org.ascend4j.trainer.data.PngImage;

/**
 * How much each pixel of an image contributes to a class.
 *
 * @param image C x H x W unsigned bytes
 * @param channels C
 * @param height H
 * @param width W
 * @param heat H x W values, 0 or more
 * @since 0.1.0
 */
public record Explanation(byte[] image, int channels, int height, int width, float[] heat) {
    /** Pictures smaller than this number of pixels are enlarged by an integer factor. */
    private static final int SMALLEST = 224;

    private static final double STRONGEST = 0.7;

    /** Returns the image with yellow for some contribution and red for the largest. */
    public PngImage picture() {
        int factor = Math.max(1, SMALLEST / Math.max(height, width));
        int wide = width * factor;
        int area = height * factor * wide;
        float most = 0;
        for (float value : heat) {
            most = Math.max(most, value);
        }
        byte[] planes = new byte[3 * area];
        for (int i = 0; i < area; i++) {
            int pixel = i / wide / factor * width + i % wide / factor;
            double share = most > 0 ? heat[pixel] / most : 0;
            double cover = STRONGEST * share;
            for (int colour = 0; colour < 3; colour++) {
                int plane = channels == 1 ? 0 : colour;
                double own = image[plane * height * width + pixel] & 0xFF;
                planes[colour * area + i] = (byte) Math.round((1 - cover) * own + cover * tint(colour, share));
            }
        }
        return PngImage.of(planes, 3, height * factor, wide);
    }

    private static double tint(int colour, double share) {
        return switch (colour) {
            case 0 -> 255;
            case 1 -> 230 * (1 - share);
            default -> 0;
        };
    }
}

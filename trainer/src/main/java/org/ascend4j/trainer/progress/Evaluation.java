package org.ascend4j.trainer.progress;

/**
 * What a model does on labelled images.
 *
 * @param loss the mean cross-entropy
 * @param predictions the most probable class of each image, in the data's order
 * @param labels the right class of each image
 * @param confidences the softmax of each image's most probable class, 0 to 1
 * @param topFiveHits how many images have the right class among their five most probable ones
 * @param seconds how long it took
 */
public record Evaluation(
        double loss, int[] predictions, int[] labels, float[] confidences, int topFiveHits, double seconds) {
    /** Returns how many predictions are right. */
    public int hits() {
        int hits = 0;
        for (int i = 0; i < labels.length; i++) {
            hits += predictions[i] == labels[i] ? 1 : 0;
        }
        return hits;
    }

    /** Returns the share of right predictions, 0 to 1. */
    public double accuracy() {
        return (double) hits() / labels.length;
    }

    /** Returns the share of images whose right class is among their five most probable ones, 0 to 1. */
    public double topFiveAccuracy() {
        return (double) topFiveHits / labels.length;
    }
}

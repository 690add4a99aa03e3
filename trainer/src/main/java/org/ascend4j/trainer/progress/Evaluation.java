package org.ascend4j.trainer.progress;

/**
 * The results of a model on labelled images.
 *
 * @param loss the mean cross-entropy
 * @param predictions the most probable class of each image, in the data's order
 * @param labels the correct class of each image
 * @param confidences the softmax of each image's most probable class, 0 to 1
 * @param topFiveHits number of images whose correct class is among their five most probable ones
 * @param seconds the duration in seconds
 * @since 0.1.0
 */
public record Evaluation(
        double loss, int[] predictions, int[] labels, float[] confidences, int topFiveHits, double seconds) {
    /** Returns the number of correct predictions. */
    public int hits() {
        int hits = 0;
        for (int i = 0; i < labels.length; i++) {
            hits += predictions[i] == labels[i] ? 1 : 0;
        }
        return hits;
    }

    /** Returns the share of correct predictions, 0 to 1. */
    public double accuracy() {
        return (double) hits() / labels.length;
    }

    /** Returns the share of images whose correct class is among their five most probable ones, 0 to 1. */
    public double topFiveAccuracy() {
        return (double) topFiveHits / labels.length;
    }
}

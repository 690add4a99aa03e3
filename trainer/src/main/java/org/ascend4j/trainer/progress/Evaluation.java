package org.ascend4j.trainer.progress;

/**
 * What a model does on labelled images.
 *
 * @param loss the mean cross-entropy
 * @param predictions the most probable class of each image, in the data's order
 * @param labels the right class of each image
 * @param seconds how long it took
 */
public record Evaluation(double loss, int[] predictions, int[] labels, double seconds) {
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
}

package org.ascend4j.trainer.checkpoint;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * How far a run has come.
 *
 * <p>The position counts images, not batches, so that a run can resume with another batch size.
 *
 * @since 0.1.0
 */
@JsonAutoDetect(
        fieldVisibility = JsonAutoDetect.Visibility.ANY,
        getterVisibility = JsonAutoDetect.Visibility.NONE,
        isGetterVisibility = JsonAutoDetect.Visibility.NONE)
public final class Position {
    private static final ObjectMapper JSON = new ObjectMapper();

    private int epoch = 1;
    private int images;
    private long step;
    private int epochSteps;
    private double epochLossSum;
    private long epochHits;
    private double epochSeconds;
    private double seconds;
    private Double bestAccuracy;
    private int bestEpoch;

    /** Returns the position as JSON, to be sent to other ranks. */
    public String toJson() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a position does not serialise", e);
        }
    }

    /** Parses the text that {@link #toJson} returned. */
    public static Position fromJson(String text) {
        try {
            return JSON.readValue(text, Position.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a position does not parse", e);
        }
    }

    /** Returns a description of a value that no run can reach; null if there is none. */
    String problem() {
        if (epoch < 1 || images < 0 || step < 0 || epochSteps < 0 || epochHits < 0 || bestEpoch < 0) {
            return "its position has a negative number";
        }
        // Each step takes at least one image, and each epoch has fewer than 2^31 images.
        if (step / Integer.MAX_VALUE >= epoch || epochSteps > step) {
            return "its position has more steps than its epochs can have";
        }
        return Double.isFinite(seconds) && Double.isFinite(epochSeconds)
                ? null
                : "its position has a value that is no number";
    }

    /** Returns the current epoch, from 1. */
    public int epoch() {
        return epoch;
    }

    /** Returns the number of images of the current epoch that were trained on. */
    public int images() {
        return images;
    }

    /** Returns the number of steps done in the run. */
    public long step() {
        return step;
    }

    /** Returns the best accuracy after an epoch, 0 to 1; null before the first evaluation. */
    public Double bestAccuracy() {
        return bestAccuracy;
    }

    /** Returns the epoch of the best accuracy; 0 before the first evaluation. */
    public int bestEpoch() {
        return bestEpoch;
    }

    /** Returns the seconds spent on the run, including the time before resumes. */
    public double seconds() {
        return seconds;
    }

    /** Returns the seconds spent training in the current epoch. */
    public double epochSeconds() {
        return epochSeconds;
    }

    /** Returns the mean loss of the current epoch's steps. */
    public double epochLoss() {
        return epochLossSum / epochSteps;
    }

    /** Returns the share of the current epoch's images that were classified correctly during training. */
    public double epochAccuracy() {
        return (double) epochHits / images;
    }

    /** Counts a step of {@code batch} images. */
    public void stepDone(int batch) {
        step++;
        epochSteps++;
        images += batch;
    }

    /** Adds the results of a step that was already counted. */
    public void measured(double loss, int hits) {
        epochLossSum += loss;
        epochHits += hits;
    }

    /** Adds time spent training. */
    public void trained(double duration) {
        epochSeconds += duration;
        seconds += duration;
    }

    /** Adds the time of an evaluation and returns whether its accuracy is the best so far. */
    public boolean evaluated(double accuracy, double duration) {
        seconds += duration;
        if (bestAccuracy != null && accuracy <= bestAccuracy) {
            return false;
        }
        bestAccuracy = accuracy;
        bestEpoch = epoch;
        return true;
    }

    /** Begins the next epoch. */
    public void nextEpoch() {
        epoch++;
        images = 0;
        epochSteps = 0;
        epochLossSum = 0;
        epochHits = 0;
        epochSeconds = 0;
    }
}

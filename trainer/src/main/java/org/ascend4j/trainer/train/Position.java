package org.ascend4j.trainer.train;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How far a run has come; all of it is in a checkpoint. */
public final class Position {
    /** The current epoch, from 1. */
    @JsonProperty
    private int epoch = 1;

    /** Images of the current epoch that are trained on. */
    @JsonProperty
    private int images;

    /** Steps done in the run. */
    @JsonProperty
    private long step;

    @JsonProperty
    private int epochSteps;

    @JsonProperty
    private double epochLossSum;

    @JsonProperty
    private long epochHits;

    @JsonProperty
    private double epochSeconds;

    @JsonProperty
    private double seconds;

    @JsonProperty
    private Double bestAccuracy;

    @JsonProperty
    private int bestEpoch;

    /** Returns the current epoch, from 1. */
    public int epoch() {
        return epoch;
    }

    /** Returns how many images of the current epoch are trained on. */
    public int images() {
        return images;
    }

    /** Returns how many steps of the run are done. */
    public long step() {
        return step;
    }

    /** Returns the best test accuracy, 0 to 1; null before the first evaluation. */
    public Double bestAccuracy() {
        return bestAccuracy;
    }

    void stepSubmitted(int batch) {
        step++;
        epochSteps++;
        images += batch;
    }

    void measured(double lossSum, long hits) {
        epochLossSum += lossSum;
        epochHits += hits;
    }

    void spent(double training) {
        epochSeconds += training;
        seconds += training;
    }

    void spentOutsideTraining(double evaluation) {
        seconds += evaluation;
    }

    /** Notes a test accuracy and says whether it is the best so far. */
    boolean evaluated(double accuracy) {
        if (bestAccuracy != null && accuracy <= bestAccuracy) {
            return false;
        }
        bestAccuracy = accuracy;
        bestEpoch = epoch;
        return true;
    }

    EpochMetrics epochMetrics(Evaluation test) {
        return new EpochMetrics(
                epoch,
                epochLossSum / epochSteps,
                (double) epochHits / images,
                test == null ? null : test.loss(),
                test == null ? null : test.accuracy(),
                epochSeconds,
                images / epochSeconds);
    }

    void nextEpoch() {
        epoch++;
        images = 0;
        epochSteps = 0;
        epochLossSum = 0;
        epochHits = 0;
        epochSeconds = 0;
    }

    RunResult result(boolean interrupted) {
        return new RunResult(step, epoch - 1, bestAccuracy, bestEpoch, seconds, interrupted);
    }
}

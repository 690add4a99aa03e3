package org.ascend4j.trainer.progress;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/**
 * The results of one epoch.
 *
 * @param epoch the epoch's number, from 1
 * @param trainLoss the mean of the steps' losses
 * @param trainAccuracy the share of training images classified correctly during training, 0 to 1
 * @param validationLoss the mean loss over the validation images; null without them
 * @param validationAccuracy the share of validation images classified right, 0 to 1; null without them
 * @param testLoss the mean loss over the test images; null without evaluation, and with validation images
 * @param testAccuracy the share of test images classified right, 0 to 1; null without evaluation, and with validation images
 * @param seconds the time spent training, without evaluation
 * @param imagesPerSecond training images per second
 * @param memoryBytes on the CPU the process's resident set, on other devices the peak memory of tensors; null if the system does not report it
 * @since 0.1.0
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({
    "epoch",
    "train_loss",
    "train_accuracy",
    "validation_loss",
    "validation_accuracy",
    "test_loss",
    "test_accuracy",
    "seconds",
    "images_per_second",
    "memory_bytes"
})
public record EpochMetrics(
        int epoch,
        @JsonProperty("train_loss") double trainLoss,
        @JsonProperty("train_accuracy") double trainAccuracy,
        @JsonProperty("validation_loss") Double validationLoss,
        @JsonProperty("validation_accuracy") Double validationAccuracy,
        @JsonProperty("test_loss") Double testLoss,
        @JsonProperty("test_accuracy") Double testAccuracy,
        double seconds,
        @JsonProperty("images_per_second") double imagesPerSecond,
        @JsonProperty("memory_bytes") Long memoryBytes) {
    /** Makes the figures of a run without validation images. */
    public EpochMetrics(
            int epoch,
            double trainLoss,
            double trainAccuracy,
            Double testLoss,
            Double testAccuracy,
            double seconds,
            double imagesPerSecond,
            Long memoryBytes) {
        this(
                epoch,
                trainLoss,
                trainAccuracy,
                null,
                null,
                testLoss,
                testAccuracy,
                seconds,
                imagesPerSecond,
                memoryBytes);
    }

    /** Returns the accuracy that the epoch is judged by: on the validation images, else on the test images; null without evaluation. */
    public Double evaluatedAccuracy() {
        return validationAccuracy == null ? testAccuracy : validationAccuracy;
    }
}

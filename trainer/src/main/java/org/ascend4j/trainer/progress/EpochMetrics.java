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
 * @param testLoss the mean loss over the test images; null without evaluation
 * @param testAccuracy the share of test images classified correctly, 0 to 1; null without evaluation
 * @param seconds the time spent training, without evaluation
 * @param imagesPerSecond training images per second
 * @param memoryBytes on the CPU the process's resident set, on other devices the peak memory of tensors; null if the system does not report it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({
    "epoch",
    "train_loss",
    "train_accuracy",
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
        @JsonProperty("test_loss") Double testLoss,
        @JsonProperty("test_accuracy") Double testAccuracy,
        double seconds,
        @JsonProperty("images_per_second") double imagesPerSecond,
        @JsonProperty("memory_bytes") Long memoryBytes) {}

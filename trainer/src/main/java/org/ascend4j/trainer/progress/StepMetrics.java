package org.ascend4j.trainer.progress;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/**
 * The results of one training step.
 *
 * @param step the step's number in the run, from 1
 * @param epoch the epoch's number, from 1
 * @param loss the mean loss of the batch
 * @param lr the learning rate that the step used
 * @param momentum the momentum (Adam: the first beta) that the step used
 * @since 0.1.0
 */
@JsonPropertyOrder({"step", "epoch", "loss", "lr", "momentum"})
public record StepMetrics(long step, int epoch, double loss, double lr, double momentum) {}

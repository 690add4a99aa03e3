package org.ascend4j.trainer.recipe;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * The network of a recipe; what is null keeps the kind's own default.
 *
 * @param kind {@code googlenet} (the article's tree), {@code googlenet-fashion} or {@code googlenet-torchvision}
 * @param stem {@code imagenet} (7x7/2) or {@code cifar} (3x3)
 * @param outputs the number of outputs; null for the number of classes in the data
 * @param batchNorm a batch norm behind each convolution
 * @param syncBatchNorm whether the batch norms of several processes use the images of all of them in training
 * @param lrn local response normalisation in the stem, as in the paper
 * @param aux the paper's two auxiliary heads
 * @param dropout the probability of dropping a feature before the last layer
 * @param initialisation {@code pytorch}, {@code kaiming} or {@code xavier}
 */
public record ModelSettings(
        @JsonProperty(required = true) String kind,
        String stem,
        Integer outputs,
        Boolean batchNorm,
        Boolean syncBatchNorm,
        Boolean lrn,
        Boolean aux,
        Double dropout,
        String initialisation) {

    /** Checks the ranges. */
    public ModelSettings {
        Range.given("model.kind", kind);
        if (dropout != null) {
            Range.between("model.dropout", dropout, 0, 1);
        }
        if (outputs != null) {
            Range.atLeast("model.outputs", outputs, 1);
        }
    }
}

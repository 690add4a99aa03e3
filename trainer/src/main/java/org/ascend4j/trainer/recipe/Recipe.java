package org.ascend4j.trainer.recipe;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Locale;
import org.ascend4j.device.DeviceBackend;
import org.ascend4j.optim.named.NamedSettings;

/**
 * Everything that decides what a training run learns: model, optimiser, schedule, augmentation and length.
 *
 * @param name the recipe's name
 * @param description one sentence
 * @param data the data set that it is for, unless another one is asked for
 * @param model the network
 * @param epochs how many epochs to run
 * @param batchSize images per training step
 * @param evalBatchSize images per evaluation step
 * @param labelSmoothing the share of the target spread over all classes, 0 to 1
 * @param clipNorm the largest global norm of the gradients; 0 for no clipping
 * @param precision {@code fp32}, {@code fp16} or {@code bf16}: of the forward and backward pass; {@code auto}: what {@link #on a device} is fastest in
 * @param optimizer the optimiser
 * @param schedule how learning rate and momentum change
 * @param input how images become batches
 * @param fineTuning how weights from elsewhere are trained further
 */
@RecordBuilder
public record Recipe(
        @JsonProperty(required = true) String name,
        String description,
        String data,
        @JsonProperty(required = true) ModelSettings model,
        @JsonProperty(required = true) int epochs,
        @JsonProperty(required = true) int batchSize,
        @JsonProperty(required = true) int evalBatchSize,
        double labelSmoothing,
        double clipNorm,
        String precision,
        @JsonProperty(required = true) OptimizerSettings optimizer,
        @JsonProperty(required = true) ScheduleSettings schedule,
        @JsonProperty(required = true) InputSettings input,
        FineTuning fineTuning)
        implements RecipeBuilder.With {

    private static final String AUTO = "auto";

    /** Checks the ranges. */
    public Recipe {
        Range.name("name", name);
        Range.given("model", model);
        Range.given("optimizer", optimizer);
        Range.given("schedule", schedule);
        Range.given("input", input);
        Range.atLeast("epochs", epochs, 1);
        Range.atLeast("batch_size", batchSize, 1);
        Range.atLeast("eval_batch_size", evalBatchSize, 1);
        Range.between("label_smoothing", labelSmoothing, 0, 1);
        Range.notNegative("clip_norm", clipNorm);
        fineTuning = fineTuning == null ? FineTuning.NONE : fineTuning;
        precision = precision == null ? "fp32" : precision;
        Range.oneOf("precision", precision, AUTO, "fp32", "fp16", "bf16");
    }

    /** Says whether a device has to choose the precision. */
    @JsonIgnore
    public boolean isOpen() {
        return precision.equals(AUTO);
    }

    /** Returns this with the precision that a device is fastest in, where it says {@code auto}. */
    public Recipe on(DeviceBackend device) {
        return isOpen() ? withPrecision(device.fastestPrecision().name().toLowerCase(Locale.ROOT)) : this;
    }

    /** Returns this without a word about the model: for a program that trains a network of its own. */
    public Recipe withAnyModel() {
        return withModel(ModelSettings.ANY);
    }

    /** Returns how much faster than the other weights the head learns. */
    public double headRateFactor() {
        if (fineTuning.headLr() == null) {
            return 1;
        }
        NamedSettings planned = schedule.values();
        double rate = planned.tree().has("max_lr")
                ? planned.number("max_lr")
                : optimizer.values().number("lr");
        return fineTuning.headLr() / rate;
    }

    /** Returns the number of epochs that the schedule is laid out for. */
    public int scheduledEpochs() {
        return schedule.epochs() == null ? epochs : schedule.epochs();
    }
}

package org.ascend4j.trainer.recipe;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Locale;
import org.ascend4j.Ascend4jException;
import org.ascend4j.device.DeviceBackend;
import org.ascend4j.optim.named.NamedSettings;

/**
 * All settings that determine what a training run learns: model, optimiser, schedule, augmentation and length.
 *
 * @param name the recipe's name
 * @param description one sentence
 * @param data the default data set
 * @param model the network
 * @param firstLayer how the weights of the first convolution start; null for as the others
 * @param epochs number of epochs
 * @param batchSize images per training step
 * @param evalBatchSize images per evaluation step
 * @param labelSmoothing the share of the target spread over all classes, 0 to 1
 * @param classWeights how much each class counts in the training loss; null if all count the same
 * @param ghostBatchNorm whether each replica may normalise its part of a batch with the statistics of that part; false where the
 *     model's norms use the images of all processes
 * @param clipNorm the largest global norm of the gradients; 0 for no clipping
 * @param precision {@code fp32}, {@code fp16} or {@code bf16}: precision of the forward and backward pass; with {@code auto}, {@link #on} chooses the fastest one of a device
 * @param optimizer the optimiser
 * @param schedule how learning rate and momentum change
 * @param input how images become batches
 * @param fineTuning how loaded weights are fine-tuned
 * @param ema the moving average of the weights, which evaluations use
 * @param evaluation how the network is evaluated and used for predictions
 * @since 0.1.0
 */
@RecordBuilder
public record Recipe(
        @JsonProperty(required = true) String name,
        String description,
        String data,
        @JsonProperty(required = true) ModelSettings model,
        FirstLayer firstLayer,
        @JsonProperty(required = true) int epochs,
        @JsonProperty(required = true) int batchSize,
        @JsonProperty(required = true) int evalBatchSize,
        double labelSmoothing,
        @JsonInclude(JsonInclude.Include.NON_NULL) ClassWeights classWeights,
        boolean ghostBatchNorm,
        double clipNorm,
        String precision,
        @JsonProperty(required = true) OptimizerSettings optimizer,
        @JsonProperty(required = true) ScheduleSettings schedule,
        @JsonProperty(required = true) InputSettings input,
        FineTuning fineTuning,
        EmaSettings ema,
        EvaluationSettings evaluation)
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
        firstLayer = firstLayer == null ? FirstLayer.INITIALISED : firstLayer;
        ema = ema == null ? EmaSettings.NONE : ema;
        evaluation = evaluation == null ? EvaluationSettings.PLAIN : evaluation;
        // Statistics of all processes exclude those of parts.
        ghostBatchNorm = ghostBatchNorm && !model.synchronisesBatchNorm();
        if (classWeights != null && input.mixup() + input.cutmix() > 0) {
            throw new Ascend4jException(
                    "class_weights expects images of one class each, found input.mixup " + input.mixup()
                            + " and input.cutmix " + input.cutmix() + "; set these to 0, or class_weights to null");
        }
        precision = precision == null ? "fp32" : precision;
        Range.oneOf("precision", precision, AUTO, "fp32", "fp16", "bf16");
    }

    /** Returns whether the device chooses the precision. */
    @JsonIgnore
    public boolean isOpen() {
        return precision.equals(AUTO);
    }

    /** Returns this recipe with {@code auto} replaced by the fastest precision of a device. */
    public Recipe on(DeviceBackend device) {
        return isOpen() ? withPrecision(device.fastestPrecision().name().toLowerCase(Locale.ROOT)) : this;
    }

    /** Returns this recipe without a model, for a program that trains its own network. */
    public Recipe withAnyModel() {
        return withModel(ModelSettings.ANY);
    }

    /** Returns the ratio of the head's learning rate to that of the other weights. */
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

    /** Returns the number of epochs that the schedule covers. */
    public int scheduledEpochs() {
        return schedule.epochs() == null ? epochs : schedule.epochs();
    }
}

package org.ascend4j.trainer.tune;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.Comparator;
import java.util.Map;

/**
 * What a trial reached in a rung: a line of {@code trials.jsonl}.
 *
 * @param trial the trial's number, from 1
 * @param rung the rung's number, from 1
 * @param steps the steps that its weights were trained for
 * @param diverged whether the loss or a weight was not finite
 * @param accuracy the share of validation images classified right in the end, 0 to 1; null if it diverged
 * @param loss the mean loss over the validation images in the end; null if it diverged
 * @param seconds the time of this rung
 * @param settings the values of the settings that the search varies
 * @since 0.1.0
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({"trial", "rung", "steps", "diverged", "accuracy", "loss", "seconds", "settings"})
public record TrialResult(
        int trial,
        int rung,
        long steps,
        boolean diverged,
        Double accuracy,
        Double loss,
        double seconds,
        Map<String, String> settings) {
    /** The later rung first, in a rung the higher accuracy, then the lower loss; diverged trials last. */
    public static final Comparator<TrialResult> BEST_FIRST = Comparator.comparing(TrialResult::diverged)
            .thenComparing(TrialResult::rung, Comparator.reverseOrder())
            .thenComparing(TrialResult::accuracy, Comparator.nullsLast(Comparator.reverseOrder()))
            .thenComparing(TrialResult::loss, Comparator.nullsLast(Comparator.naturalOrder()))
            .thenComparingInt(TrialResult::trial);
}

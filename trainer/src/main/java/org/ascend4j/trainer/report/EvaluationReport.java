package org.ascend4j.trainer.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import org.ascend4j.trainer.data.ImageSet;
import org.ascend4j.trainer.progress.Evaluation;

/**
 * The figures of an evaluation: the content of {@code evaluation.json} and the output of {@code evaluate --json}.
 *
 * @param epoch the epoch after which it was made; null for the evaluation of a checkpoint
 * @param set {@code validation} or {@code test}, of a run with validation images; null of others, which have the test images alone
 * @param images number of images
 * @param loss the mean cross-entropy
 * @param accuracy the share of correct predictions, 0 to 1
 * @param topFiveAccuracy the share of images whose correct class is among the five most probable ones; null for 10 classes or fewer
 * @param classes the scores of each class, by label
 * @param macro their means with equal weights
 * @param weighted their means weighted by the numbers of images
 * @param confusion {@code [actual, predicted, images]} for each pair that occurs; for a predicted output that is no class, {@code predicted} is the number of classes
 * @param mistakes the mistakes with the highest confidence
 * @since 0.1.0
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record EvaluationReport(
        Integer epoch,
        String set,
        int images,
        double loss,
        double accuracy,
        Double topFiveAccuracy,
        List<ClassScore> classes,
        ClassScore macro,
        ClassScore weighted,
        List<int[]> confusion,
        List<Mistake> mistakes) {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    private static final int MISTAKES = 24;
    private static final int FEW_CLASSES = 10;

    /**
     * Summarises an evaluation.
     *
     * @param epoch the epoch after which it was made; null outside a run
     * @param images the images that were evaluated
     */
    public static EvaluationReport of(Integer epoch, Evaluation evaluation, ImageSet images) {
        return of(epoch, null, evaluation, images);
    }

    static EvaluationReport of(Integer epoch, String set, Evaluation evaluation, ImageSet images) {
        ConfusionMatrix matrix = new ConfusionMatrix(evaluation, images.classNames());
        List<ClassScore> scores = matrix.scores();
        return new EvaluationReport(
                epoch,
                set,
                evaluation.labels().length,
                evaluation.loss(),
                evaluation.accuracy(),
                scores.size() > FEW_CLASSES ? evaluation.topFiveAccuracy() : null,
                scores,
                ClassScore.macro(scores),
                ClassScore.weighted(scores),
                matrix.entries(),
                Mistake.mostConfident(evaluation, images, MISTAKES));
    }

    /** Returns the report as one line of JSON. */
    public String toJson() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an evaluation does not serialise", e);
        }
    }
}

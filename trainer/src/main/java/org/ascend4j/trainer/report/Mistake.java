package org.ascend4j.trainer.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.ascend4j.trainer.data.ImageSet;
import org.ascend4j.trainer.data.PngImage;
import org.ascend4j.trainer.progress.Evaluation;

/**
 * An image that a model misclassified.
 *
 * @param index the image's index in the test set
 * @param actual the label of the correct class
 * @param predicted the most probable output
 * @param confidence the softmax of that output, 0 to 1
 * @param picture the image as a data URI of a PNG; null for images that are neither grey nor colour
 * @since 0.1.0
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Mistake(int index, int actual, int predicted, float confidence, String picture) {
    /** The longer side of a picture in pixels. Whole photographs would make the report too large. */
    private static final int LONGEST = 96;

    /** Returns the mistakes with the highest confidence, in descending order. */
    static List<Mistake> mostConfident(Evaluation evaluation, ImageSet images, int most) {
        return IntStream.range(0, evaluation.labels().length)
                .filter(i -> evaluation.predictions()[i] != evaluation.labels()[i])
                .boxed()
                .sorted(Comparator.comparing((Integer i) -> -evaluation.confidences()[i]))
                .limit(most)
                .map(i -> new Mistake(
                        i,
                        evaluation.labels()[i],
                        evaluation.predictions()[i],
                        evaluation.confidences()[i],
                        picture(images, i)))
                .toList();
    }

    private static String picture(ImageSet images, int index) {
        if (!PngImage.canShow(images.channels())) {
            return null;
        }
        byte[] png = PngImage.of(
                        images.pixels(index, 1).array(), images.channels(), images.height(), images.width(), LONGEST)
                .bytes();
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(png);
    }
}

package org.ascend4j.trainer.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import javax.imageio.ImageIO;
import org.ascend4j.trainer.data.ImageSet;
import org.ascend4j.trainer.progress.Evaluation;
import org.junit.jupiter.api.Test;

/** The expected scores are those of scikit-learn's {@code precision_recall_fscore_support} for the same labels. */
class EvaluationReportTest {
    private static final int[] LABELS = {0, 0, 0, 1, 1, 2};
    private static final int[] PREDICTIONS = {0, 0, 1, 1, 0, 0};
    private static final float[] CONFIDENCES = {0.9f, 0.8f, 0.5f, 0.6f, 0.7f, 0.95f};

    private final EvaluationReport report = EvaluationReport.of(
            3,
            new Evaluation(1.5, PREDICTIONS, LABELS, CONFIDENCES, 6, 1),
            new ImageSet(3, 1, 2, pixels(), LABELS, List.of("a", "b", "c")));

    private static byte[] pixels() {
        byte[] pixels = new byte[6 * 3 * 2];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) (i * 7);
        }
        return pixels;
    }

    @Test
    void meansCountClassesAlikeOrByTheirImages() {
        ClassScore first = report.classes().get(0);
        assertThat(first.precision()).isEqualTo(0.5);
        assertThat(first.recall()).isCloseTo(2 / 3.0, within(1e-12));
        assertThat(first.f1()).isCloseTo(4 / 7.0, within(1e-12));
        // (1/2 + 1/2 + 0) / 3, (2/3 + 1/2 + 0) / 3, (4/7 + 1/2 + 0) / 3.
        assertThat(report.macro().precision()).isCloseTo(1 / 3.0, within(1e-12));
        assertThat(report.macro().recall()).isCloseTo(7 / 18.0, within(1e-12));
        assertThat(report.macro().f1()).isCloseTo(5 / 14.0, within(1e-12));
        // (3 x 1/2 + 2 x 1/2) / 6, (3 x 2/3 + 2 x 1/2) / 6, (3 x 4/7 + 2 x 1/2) / 6.
        assertThat(report.weighted().precision()).isCloseTo(5 / 12.0, within(1e-12));
        assertThat(report.weighted().recall()).isCloseTo(0.5, within(1e-12));
        assertThat(report.weighted().f1()).isCloseTo(19 / 42.0, within(1e-12));
        assertThat(report.weighted().images()).isEqualTo(6);
    }

    @Test
    void theSurestMistakesComeFirst() {
        assertThat(report.mistakes()).extracting(Mistake::index).containsExactly(5, 4, 2);
        assertThat(report.mistakes().get(0).actual()).isEqualTo(2);
        assertThat(report.mistakes().get(0).predicted()).isZero();
        assertThat(report.mistakes().get(0).confidence()).isEqualTo(0.95f);
    }

    @Test
    void picturesAreTheImages() throws IOException {
        String uri = report.mistakes().get(1).picture();
        assertThat(uri).startsWith("data:image/png;base64,");
        BufferedImage image =
                ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode(uri.substring(uri.indexOf(',') + 1))));
        assertThat(image.getWidth()).isEqualTo(2);
        assertThat(image.getHeight()).isEqualTo(1);
        // Image 4 begins at byte 24: two reds, two greens, two blues.
        assertThat(image.getRGB(1, 0) & 0xFFFFFF).isEqualTo(25 * 7 % 256 << 16 | 27 * 7 % 256 << 8 | 29 * 7 % 256);
    }

    @Test
    void theJsonHoldsTheMatrixByItsEntries() throws IOException {
        JsonNode json = new ObjectMapper().readTree(report.toJson());
        assertThat(json.get("confusion").toString()).isEqualTo("[[0,0,2],[0,1,1],[1,0,1],[1,1,1],[2,0,1]]");
        assertThat(json.get("epoch").asInt()).isEqualTo(3);
        assertThat(json.has("top_five_accuracy")).isFalse();
    }
}

package org.ascend4j.trainer.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.ascend4j.Ascend4jException;
import org.ascend4j.trainer.data.GoldenBytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Compares crops with those that torchvision's own code draws, see crop_goldens.py. */
class RandomResizedCropTest {
    @Test
    void drawsTheBoxesThatTorchvisionDraws() {
        byte[] golden = GoldenBytes.of(RandomResizedCropTest.class, "boxes.csv");
        List<String> lines =
                new String(golden, StandardCharsets.US_ASCII).lines().toList();
        assertThat(lines).hasSize(64);
        for (String line : lines) {
            double[] values =
                    Stream.of(line.split(",")).mapToDouble(Double::parseDouble).toArray();
            RandomResizedCrop crop = new RandomResizedCrop(values[3], values[4], values[5], values[6]);
            assertThat(crop.box(new SplittableRandom((long) values[0]), (int) values[1], (int) values[2]))
                    .as(line)
                    .isEqualTo(new RandomResizedCrop.Box(
                            (int) values[7], (int) values[8], (int) values[9], (int) values[10]));
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 1, 1, 1", "0.5, 0.4, 1, 1", "0.5, 1.5, 1, 1", "NaN, 1, 1, 1", "0.5, 1, 0, 1", "0.5, 1, 2, 1"})
    void refusesEmptyRanges(double minScale, double maxScale, double minRatio, double maxRatio) {
        assertThatThrownBy(() -> new RandomResizedCrop(minScale, maxScale, minRatio, maxRatio))
                .isInstanceOf(Ascend4jException.class)
                .hasMessageStartingWith("a random resized crop expects a ");
    }
}

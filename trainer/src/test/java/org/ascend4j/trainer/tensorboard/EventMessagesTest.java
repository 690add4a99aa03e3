package org.ascend4j.trainer.tensorboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

/** The golden file is written by {@code src/test/python/tensorboard_goldens.py}. */
class EventMessagesTest {
    private static final double TIME = 1700000000.25;

    @Test
    void recordsAreThoseOfTensorBoardsOwnWriter() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (RecordWriter records = new RecordWriter(out)) {
            records.write(EventMessages.version(TIME));
            records.write(EventMessages.sessionStart(TIME, 301));
            records.write(EventMessages.scalar(TIME, 7, "loss/train", 2.5));
            Histogram histogram = Histogram.of(new float[] {0, 3, Float.NaN, -1, Float.NEGATIVE_INFINITY, 0.5f});
            records.write(EventMessages.histogram(TIME, 300, "weights/conv1/weight", histogram));
        }
        try (InputStream golden = getClass().getResourceAsStream("events.bin")) {
            assertThat(out.toByteArray()).isEqualTo(golden.readAllBytes());
        }
    }
}

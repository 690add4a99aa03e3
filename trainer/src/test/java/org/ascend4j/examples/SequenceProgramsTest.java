package org.ascend4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tests that the sequence programs learn their task. Guessing one of seven answers would give 37 correct ones of 256. */
@Tag("slow")
class SequenceProgramsTest {
    @Test
    void theLstmLearns() {
        assertThat(rightAnswers(output(() -> SequenceLstm.main(new String[] {"cpu", "400"}))))
                .isGreaterThan(230);
    }

    @Test
    void theTransformerLearns() {
        assertThat(rightAnswers(output(() -> SequenceTransformer.main(new String[] {"cpu", "400"}))))
                .isGreaterThan(230);
    }

    @Test
    void theAnswerFollowsTheMarker() {
        try (PointerScope scope = new PointerScope()) {
            assertThat(scope).isNotNull();
            MarkerTask.Batch batch = MarkerTask.draw(50, 3);
            long[] tokens = numbers(batch.tokens());
            long[] answers = numbers(batch.answers());
            for (int i = 0; i < answers.length; i++) {
                int marker = i * MarkerTask.LENGTH;
                while (tokens[marker] != 0) {
                    marker++;
                }
                assertThat(tokens[marker + 1]).isEqualTo(answers[i]).isBetween(1L, MarkerTask.TOKENS - 1L);
            }
        }
    }

    private static List<String> output(Runnable program) {
        PrintStream before = System.out;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            program.run();
        } finally {
            System.setOut(before);
        }
        return bytes.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private static int rightAnswers(List<String> lines) {
        String last = lines.get(lines.size() - 1);
        assertThat(last).matches("right answers \\d+ of 256");
        return Integer.parseInt(last.split(" ")[2]);
    }

    private static long[] numbers(Tensor tensor) {
        long[] values = new long[Math.toIntExact(tensor.numel())];
        tensor.data_ptr_long().get(values);
        return values;
    }
}

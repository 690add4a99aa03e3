package org.ascend4j.nativelib.support.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.ascend4j.Ascend4jException;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The suites detect each kind of failure, in readers that fail in that way. */
@Tag("slow")
class FuzzSelfTest {
    private static final InputSource SOUND = ByteMutator.of("one sound input".getBytes(), new byte[100]);

    private static FuzzReport run(Fuzz.Reader reader) {
        return Fuzz.ofBytes("self-test", reader)
                .from(SOUND)
                .limits(FuzzLimits.DEFAULT.withSeconds(2))
                .run();
    }

    @Test
    void inputsAreTheSameInEveryRunAndDifferFromEachOther() {
        List<List<Byte>> first = new ArrayList<>();
        List<List<Byte>> second = new ArrayList<>();
        run(input -> first.add(list(input)));
        run(input -> second.add(list(input)));
        assertThat(first).hasSizeGreaterThan(1);
        assertThat(second).isEqualTo(first);
        assertThat(first.stream().distinct().count()).isGreaterThan(first.size() * 9L / 10);
    }

    private static List<Byte> list(byte[] bytes) {
        List<Byte> list = new ArrayList<>();
        for (byte value : bytes) {
            list.add(value);
        }
        return list;
    }

    @Test
    void countsWhatIsReadAndRefused() {
        FuzzReport report = run(input -> {
            if (input.length > 50) {
                throw new Ascend4jException("expected at most 50 bytes, found " + input.length);
            }
        });
        assertThat(report.accepted()).isPositive();
        assertThat(report.refused()).isPositive();
        assertThat(report.longestSentence()).isBetween(36, 38);
    }

    @Test
    void otherExceptionsAndErrorsFail() {
        assertThatThrownBy(() -> run(input -> {
                    throw new IllegalStateException("bug");
                }))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("input 0 (")
                .hasMessageContaining("IllegalStateException: bug");
        assertThatThrownBy(() -> run(input -> {
                    throw new StackOverflowError();
                }))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("StackOverflowError");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"two\nlines", "a bell\u0007", "half a pair \ud800", "", "java.util.Map is wrong", "frame #3"})
    void sentencesThatAreNoneFail(String sentence) {
        assertThatThrownBy(() -> run(input -> {
                    throw new Ascend4jException(sentence);
                }))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("sentence");
    }

    @Test
    void longSentencesFail() {
        assertThatThrownBy(() -> run(input -> {
                    throw new Ascend4jException("x".repeat(501));
                }))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("a sentence of 501 characters, more than 500");
    }

    @Test
    void aHangFails() {
        AtomicInteger inputs = new AtomicInteger();
        assertThatThrownBy(() -> run(input -> Thread.sleep(inputs.getAndIncrement() == 0 ? 0 : 60_000)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("it takes more than 2 s, at ");
    }

    @Test
    void memoryOnTheHeapAndOutsideOfItIsCounted() {
        List<byte[]> kept = new ArrayList<>();
        assertThatThrownBy(() -> run(input -> {
                    kept.clear();
                    kept.add(new byte[32 << 20]);
                }))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("are allocated on the heap");
        if (Pointer.totalPhysicalBytes() > 0) {
            // Not with the first input: it is not measured, and the peak would not grow a second time.
            AtomicInteger inputs = new AtomicInteger();
            assertThatThrownBy(() -> run(input -> {
                        long bytes = inputs.getAndIncrement() == 0 ? 1 : Pointer.parseBytes("4g", 0);
                        try (BytePointer memory = new BytePointer(bytes)) {
                            memory.put(0, (byte) 1);
                        }
                    }))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("outside of it");
        }
    }
}

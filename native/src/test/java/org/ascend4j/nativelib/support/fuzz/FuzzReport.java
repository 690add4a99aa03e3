package org.ascend4j.nativelib.support.fuzz;

import java.util.Locale;

/**
 * The results of a suite.
 *
 * @param inputs the number of inputs read
 * @param accepted the number of inputs that were read without an error
 * @param longestSentence the number of characters in the longest error message
 * @param mostHeap the largest number of bytes that one input allocated on the Java heap in total
 * @param mostNative the largest number of bytes by which one input raised the peak of the process's address space; 0 if unknown
 * @param slowest nanoseconds for the slowest input
 */
public record FuzzReport(
        long inputs, long accepted, int longestSentence, long mostHeap, long mostNative, long slowest) {
    /** Returns the number of inputs that were rejected. */
    public long refused() {
        return inputs - accepted;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%d inputs: %d read, %d refused; longest sentence %d characters, at most %.1f MiB of heap and %.1f MiB of"
                        + " native memory for one input, slowest %d ms",
                inputs,
                accepted,
                refused(),
                longestSentence,
                mostHeap / 1048576.0,
                mostNative / 1048576.0,
                slowest / 1_000_000);
    }
}

package org.ascend4j.nativelib.support.fuzz;

import java.util.Locale;

/**
 * What a suite has seen.
 *
 * @param inputs how many inputs were read
 * @param accepted how many of them were read without an error
 * @param longestSentence characters of the longest refusal
 * @param mostHeap bytes that the most demanding input allocated on the Java heap, over all its time
 * @param mostNative bytes by which an input has raised the peak of the process's address space; 0 where that is unknown
 * @param slowest nanoseconds that the slowest input took
 */
public record FuzzReport(
        long inputs, long accepted, int longestSentence, long mostHeap, long mostNative, long slowest) {
    /** Returns how many inputs were refused. */
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

package org.ascend4j.nativelib.support.fuzz;

/**
 * What the reading of one input may need.
 *
 * @param seconds after which an input counts as one that hangs
 * @param sentence characters of a refusal
 * @param memory bytes on the heap and outside of it, each, beside those that the input's length allows
 * @param perByte bytes for each byte of the input
 */
public record FuzzLimits(int seconds, int sentence, long memory, int perByte) {
    /** Thirty seconds, for busy machines; 500 characters; 16 MiB and 64 times the input. */
    public static final FuzzLimits DEFAULT = new FuzzLimits(30, 500, 16 << 20, 64);

    /** Returns these limits with other memory. */
    public FuzzLimits withMemory(long bytes) {
        return new FuzzLimits(seconds, sentence, bytes, perByte);
    }

    /** Returns these limits with another time. */
    public FuzzLimits withSeconds(int most) {
        return new FuzzLimits(most, sentence, memory, perByte);
    }

    long bytes(int inputLength) {
        return memory + (long) perByte * inputLength;
    }
}

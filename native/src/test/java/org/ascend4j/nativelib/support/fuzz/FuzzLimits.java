package org.ascend4j.nativelib.support.fuzz;

/**
 * The limits for reading one input.
 *
 * @param seconds the time after which an input counts as hanging
 * @param sentence the maximum number of characters in an error message
 * @param memory bytes on the heap and outside it, each, in addition to those that the input's length allows
 * @param perByte bytes allowed for each byte of the input
 */
public record FuzzLimits(int seconds, int sentence, long memory, int perByte) {
    /** Thirty seconds, for busy machines; 500 characters; 16 MiB and 64 times the input. */
    public static final FuzzLimits DEFAULT = new FuzzLimits(30, 500, 16 << 20, 64);

    /** Returns these limits with another memory limit. */
    public FuzzLimits withMemory(long bytes) {
        return new FuzzLimits(seconds, sentence, bytes, perByte);
    }

    /** Returns these limits with another time limit. */
    public FuzzLimits withSeconds(int most) {
        return new FuzzLimits(most, sentence, memory, perByte);
    }

    long bytes(int inputLength) {
        return memory + (long) perByte * inputLength;
    }
}

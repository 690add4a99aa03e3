package org.ascend4j.pickle;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * The bytes of one or more pickles; every length is checked against the number of remaining bytes before memory is allocated.
 *
 * @since 0.1.0
 */
public final class PickleInput {
    private static final int LONGEST_LINE = 1 << 16;

    private final InputStream in;
    private final long length;
    private final ByteBuffer number = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private long position;

    /**
     * Creates an input that reads from a stream, which should be buffered.
     *
     * @param length the maximum number of bytes to read
     */
    public PickleInput(InputStream in, long length) {
        this.in = in;
        this.length = length;
    }

    /** Returns the number of bytes read so far. */
    public long position() {
        return position;
    }

    int unsignedByte() throws IOException {
        require(1);
        int value = in.read();
        if (value < 0) {
            throw ended();
        }
        position++;
        return value;
    }

    /** Reads a little-endian integer of up to eight bytes; fewer than eight bytes are read as unsigned. */
    long unsigned(int bytes) throws IOException {
        number.clear().putLong(0, 0);
        readFully(number.array(), bytes);
        return number.getLong(0);
    }

    double bigEndianDouble() throws IOException {
        return Double.longBitsToDouble(Long.reverseBytes(unsigned(Double.BYTES)));
    }

    byte[] bytes(long count) throws IOException {
        require(count);
        if (count > Integer.MAX_VALUE - Long.BYTES) {
            throw new PickleException("it holds a text of " + count + " bytes");
        }
        byte[] bytes = new byte[(int) count];
        readFully(bytes, bytes.length);
        return bytes;
    }

    String utf8(long count) throws IOException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes(count)))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new PickleException("it holds text that is not UTF-8");
        }
    }

    /** Reads up to the end of the line, with one character per byte. */
    String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = unsignedByte(); next != '\n'; next = unsignedByte()) {
            if (line.length() == LONGEST_LINE) {
                throw new PickleException("it holds a line of more than " + LONGEST_LINE + " characters");
            }
            line.append((char) next);
        }
        return line.toString();
    }

    /** Throws an error if a length exceeds the number of remaining bytes. */
    void require(long count) {
        if (count < 0 || count > length - position) {
            throw new PickleException("it ends early, or a length in it is wrong");
        }
    }

    private void readFully(byte[] into, int count) throws IOException {
        require(count);
        if (in.readNBytes(into, 0, count) != count) {
            throw ended();
        }
        position += count;
    }

    private static EOFException ended() {
        return new EOFException("it ends early");
    }
}

package org.ascend4j.trainer.data;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** A file in memory for a decoder, which may look past the end a few times only: TwelveMonkeys' for WebP takes the end for zeros, for hours if a header says so. */
final class EndingInput extends MemoryCacheImageInputStream {
    private static final int MOST_LOOKS = 1000;

    private int looks;

    EndingInput(byte[] file) {
        super(new ByteArrayInputStream(file));
    }

    @Override
    public int read() throws IOException {
        return checked(super.read());
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
        return checked(super.read(bytes, from, length));
    }

    private int checked(int read) {
        if (read < 0 && ++looks > MOST_LOOKS) {
            throw new IllegalStateException("read past the end " + looks + " times");
        }
        return read;
    }
}

package org.ascend4j.trainer.data;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * A file in memory for an image decoder, with a limit on reads past its end. The WebP decoder of TwelveMonkeys reads
 * zeros there, for hours if a header claims a large size.
 */
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

package org.ascend4j.trainer.data;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * The entries of a tar archive, with a limit on the size of the headers of each entry. Commons Compress holds long
 * names, PAX headers and maps of sparse files in memory, whatever length the archive claims.
 */
final class TarHeaders implements AutoCloseable {
    private static final int MOST_HEADER_BYTES = 1 << 20;

    private final Limited limited;
    private final TarArchiveInputStream tar;

    TarHeaders(InputStream archive) {
        limited = new Limited(archive);
        tar = new TarArchiveInputStream(limited, StandardCharsets.UTF_8.name());
    }

    /** Returns the next entry; null if there is none. */
    TarArchiveEntry next() throws IOException {
        if (tar.getCurrentEntry() != null) {
            // The rest of the previous entry does not count against the limit.
            tar.transferTo(OutputStream.nullOutputStream());
        }
        limited.left = MOST_HEADER_BYTES;
        TarArchiveEntry entry;
        try {
            entry = tar.getNextEntry();
        } catch (RuntimeException | StackOverflowError e) {
            throw new IOException("a header is damaged", e);
        }
        limited.left = Long.MAX_VALUE;
        if (entry != null && entry.isSparse()) {
            // A few bytes can stand for exabytes of zeros.
            throw new IOException("it holds a sparse file; unpack it");
        }
        return entry;
    }

    /** Returns the content of the entry; it must not be closed. */
    InputStream content() {
        return tar;
    }

    @Override
    public void close() throws IOException {
        tar.close();
    }

    /** A stream that throws when more than the limit is read. */
    private static final class Limited extends FilterInputStream {
        private long left = Long.MAX_VALUE;

        Limited(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            count(1);
            return super.read();
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            int read = super.read(bytes, from, length);
            count(Math.max(0, read));
            return read;
        }

        @Override
        public long skip(long bytes) throws IOException {
            long skipped = super.skip(bytes);
            count(skipped);
            return skipped;
        }

        private void count(long bytes) throws IOException {
            left -= bytes;
            if (left < 0) {
                throw new IOException("a header has more than " + MOST_HEADER_BYTES + " bytes");
            }
        }
    }
}

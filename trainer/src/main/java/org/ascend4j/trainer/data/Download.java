package org.ascend4j.trainer.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.net.URL;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.ascend4j.Ascend4jException;
import org.ascend4j.FileErrors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file from the web that is kept in a folder. It is fetched once, an interrupted transfer is resumed, and its
 * checksum is verified before it gets its final name.
 *
 * <p>An incomplete file is called {@code NAME.part}; a lock on {@code NAME.lock} allows one process at a time to fetch
 * it.
 *
 * @param url http or https
 * @param target the file's final path
 * @param checksum the checksum that the file must have
 * @param instead what the user can set if the file cannot be fetched
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#name-range-requests">range requests</a>
 */
record Download(String url, Path target, Checksum checksum, String instead) {
    private static final String DATA = "--data-url to another mirror, or --data to a copy of the file";

    private static final Logger LOG = LoggerFactory.getLogger(Download.class);
    private static final int ATTEMPTS = 4;
    private static final int TIMEOUT_MILLIS = 30_000;
    private static final int BUFFER = 1 << 16;
    private static final long FIRST_PAUSE_MILLIS = 1000;
    private static final int MOST_REDIRECTS = 10;

    /** Makes the download of a data set's file, verified by its MD5 sum. */
    Download(String url, Path target, List<String> md5) {
        this(url, target, Checksum.md5(md5), DATA);
    }

    /** An HTTP response for which a retry is pointless. */
    private static final class RefusedException extends IOException {
        RefusedException(int status) {
            super("HTTP status " + status);
        }
    }

    /** Returns the file; fetches it first if it is missing. */
    Path fetch(ProgressSink progress) {
        if (Files.exists(target)) {
            return target;
        }
        try {
            Files.createDirectories(target.toAbsolutePath().getParent());
            // Within this process the monitor has the role that the file lock has between processes.
            synchronized (Download.class) {
                try (FileChannel channel =
                                FileChannel.open(beside(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                        FileLock lock = lock(target, channel)) {
                    if (!Files.exists(target)) {
                        fetchLocked(progress);
                    }
                }
            }
            return target;
        } catch (IOException e) {
            throw new Ascend4jException(
                    "expected to download " + url + " to " + target + ": " + FileErrors.reason(e)
                            + "; run again to resume, or set " + instead,
                    e);
        }
    }

    /** Waits for the lock. Returns null if the storage does not support locks, as some network storage; the download then runs without a lock. */
    static FileLock lock(Path target, FileChannel channel) {
        try {
            return channel.lock();
        } catch (IOException e) {
            LOG.warn(
                    "The download {} cannot be locked ({}): let no other process fetch it now.",
                    target,
                    FileErrors.reason(e));
            return null;
        }
    }

    private void fetchLocked(ProgressSink progress) throws IOException {
        boolean resumed = transferAll(progress);
        String sum = checksum.of(part());
        if (!checksum.accepts(sum) && resumed) {
            // The partial file may come from another version of the file.
            restart();
            transferAll(progress);
            sum = checksum.of(part());
        }
        if (!checksum.accepts(sum)) {
            restart();
            throw new Ascend4jException(url + " expects the " + checksum + ", found " + sum + "; set " + instead);
        }
        Files.move(part(), target, StandardCopyOption.ATOMIC_MOVE);
        Files.deleteIfExists(beside(".part.etag"));
    }

    /** Transfers until the file is complete; returns whether a part from an earlier run was used. */
    private boolean transferAll(ProgressSink progress) throws IOException {
        boolean resumed = partBytes() > 0;
        for (int attempt = 1; ; attempt++) {
            long before = partBytes();
            try {
                transfer(progress);
                return resumed;
            } catch (IOException e) {
                if (attempt >= ATTEMPTS || e instanceof RefusedException) {
                    throw e;
                }
                if (partBytes() <= before) {
                    pause(attempt);
                }
            }
        }
    }

    /** Waits 1, 2 or 4 s before a retry, because the server may recover. */
    private static void pause(int attempt) throws IOException {
        try {
            Thread.sleep(FIRST_PAUSE_MILLIS << attempt - 1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("the download was interrupted", e);
        }
    }

    private void transfer(ProgressSink progress) throws IOException {
        long from = partBytes();
        HttpURLConnection connection = open(from);
        try {
            int status = connection.getResponseCode();
            if (status == 416 && from > 0) {
                restart();
                transfer(progress);
                return;
            }
            boolean continues = status == HttpURLConnection.HTTP_PARTIAL && continuesAt(connection, from);
            if (status != HttpURLConnection.HTTP_OK && !continues) {
                if (status == HttpURLConnection.HTTP_PARTIAL) {
                    restart();
                }
                if (status >= 400 && status < 500) {
                    throw new RefusedException(status);
                }
                throw new IOException("HTTP status " + status);
            }
            save(connection, continues ? from : 0, progress);
        } finally {
            connection.disconnect();
        }
    }

    /** Connects and follows redirects, including those to other protocols, which the JDK does not follow. */
    private HttpURLConnection open(long from) throws IOException {
        URL address = address(url);
        for (int redirects = 0; redirects < MOST_REDIRECTS; redirects++) {
            HttpURLConnection connection = open(address, from);
            String location = connection.getResponseCode() / 100 == 3 ? connection.getHeaderField("Location") : null;
            if (location == null) {
                return connection;
            }
            connection.disconnect();
            address = address(URI.create(address.toString()).resolve(location).toString());
        }
        throw new IOException("more than " + MOST_REDIRECTS + " redirects");
    }

    private HttpURLConnection open(URL address, long from) throws IOException {
        Proxy proxy = WebProxy.of(URI.create(address.toString()), System.getenv());
        HttpURLConnection connection = (HttpURLConnection) address.openConnection(proxy);
        connection.setInstanceFollowRedirects(false);
        connection.setConnectTimeout(TIMEOUT_MILLIS);
        connection.setReadTimeout(TIMEOUT_MILLIS);
        // A compressed response would not have the file's bytes.
        connection.setRequestProperty("Accept-Encoding", "identity");
        if (from > 0) {
            connection.setRequestProperty("Range", "bytes=" + from + "-");
            if (Files.exists(beside(".part.etag"))) {
                connection.setRequestProperty("If-Range", Files.readString(beside(".part.etag")));
            }
        }
        return connection;
    }

    private static URL address(String url) throws IOException {
        try {
            URL address = URI.create(url).toURL();
            if (address.getProtocol().matches("https?")) {
                return address;
            }
        } catch (IllegalArgumentException e) {
            throw new Ascend4jException("data URL expects http:// or https://, found '" + url + "'", e);
        }
        throw new Ascend4jException("data URL expects http:// or https://, found '" + url + "'");
    }

    private static boolean continuesAt(HttpURLConnection connection, long from) {
        String range = connection.getHeaderField("Content-Range");
        return range != null && range.startsWith("bytes " + from + "-");
    }

    private void save(HttpURLConnection connection, long from, ProgressSink progress) throws IOException {
        long length = connection.getContentLengthLong();
        long total = length < 0 ? -1 : from + length;
        keepTag(connection.getHeaderField("ETag"), from);
        long done = from;
        StandardOpenOption how = from > 0 ? StandardOpenOption.APPEND : StandardOpenOption.TRUNCATE_EXISTING;
        try (InputStream in = connection.getInputStream();
                OutputStream out =
                        Files.newOutputStream(part(), StandardOpenOption.CREATE, StandardOpenOption.WRITE, how)) {
            byte[] buffer = new byte[BUFFER];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                out.write(buffer, 0, count);
                done += count;
                progress.progress("downloading " + target.getFileName(), done, total);
            }
        }
        if (total >= 0 && done != total) {
            throw new IOException("the connection broke off after " + done + " of " + total + " bytes");
        }
    }

    private void keepTag(String tag, long from) throws IOException {
        // A weak ETag does not guarantee the same bytes.
        if (from == 0 && tag != null && !tag.startsWith("W/")) {
            Files.writeString(beside(".part.etag"), tag);
        }
    }

    private void restart() throws IOException {
        Files.deleteIfExists(part());
        Files.deleteIfExists(beside(".part.etag"));
    }

    private long partBytes() throws IOException {
        return Files.exists(part()) ? Files.size(part()) : 0;
    }

    private Path part() {
        return beside(".part");
    }

    private Path beside(String suffix) {
        return target.resolveSibling(target.getFileName() + suffix);
    }
}

package org.ascend4j.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.ascend4j.Ascend4jException;
import org.ascend4j.trainer.train.Warnings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DownloadTest {
    private static final String TAG = "\"v1\"";

    private final byte[] content = new byte[300_000];
    private final List<String> ranges = Collections.synchronizedList(new ArrayList<>());
    private HttpServer server;
    private ExecutorService threads;

    /** Number of bytes of each response before the connection is cut. */
    private int cutAfter = Integer.MAX_VALUE;

    private boolean supportsRanges = true;

    /** Number of requests that are answered with an error first. */
    private final AtomicInteger failures = new AtomicInteger();

    @TempDir
    Path folder;

    @BeforeEach
    void serve() throws IOException {
        new Random(1).nextBytes(content);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/data.gz", this::answer);
        threads = Executors.newCachedThreadPool();
        server.setExecutor(threads);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        threads.shutdownNow();
    }

    @Test
    void fetchesOnceWithProgressAndLeavesOnlyTheFile() throws Exception {
        List<Long> done = new ArrayList<>();
        Path file = download().fetch((what, bytes, total) -> {
            assertThat(what).isEqualTo("downloading data.gz");
            assertThat(total).isEqualTo(content.length);
            done.add(bytes);
        });
        assertThat(Files.readAllBytes(file)).isEqualTo(content);
        assertThat(done).isSorted().endsWith((long) content.length);
        download().fetch(ProgressSink.NONE);
        assertThat(ranges).containsExactly("none");
        assertThat(file.resolveSibling("data.gz.part")).doesNotExist();
        assertThat(file.resolveSibling("data.gz.part.etag")).doesNotExist();
    }

    @Test
    void continuesWhereTheConnectionBrokeOff() throws Exception {
        cutAfter = 120_000;
        Path file = download().fetch(ProgressSink.NONE);
        assertThat(Files.readAllBytes(file)).isEqualTo(content);
        assertThat(ranges).containsExactly("none", "bytes=120000- if " + TAG, "bytes=240000- if " + TAG);
    }

    @Test
    void continuesThePartOfAnEarlierRun() throws Exception {
        Files.write(folder.resolve("data.gz.part"), Arrays.copyOf(content, 1000));
        assertThat(Files.readAllBytes(download().fetch(ProgressSink.NONE))).isEqualTo(content);
        assertThat(ranges).containsExactly("bytes=1000- if null");
    }

    @Test
    void startsOverWhenTheServerSendsTheWholeFile() throws Exception {
        supportsRanges = false;
        Files.write(folder.resolve("data.gz.part"), new byte[1000]);
        assertThat(Files.readAllBytes(download().fetch(ProgressSink.NONE))).isEqualTo(content);
    }

    @Test
    void startsOverWhenThePartWasOfAnotherFile() throws Exception {
        Files.write(folder.resolve("data.gz.part"), new byte[1000]);
        assertThat(Files.readAllBytes(download().fetch(ProgressSink.NONE))).isEqualTo(content);
        assertThat(ranges).containsExactly("bytes=1000- if null", "none");
    }

    @Test
    void startsOverWhenThePartIsTooLong() throws Exception {
        Files.write(folder.resolve("data.gz.part"), new byte[content.length + 1]);
        assertThat(Files.readAllBytes(download().fetch(ProgressSink.NONE))).isEqualTo(content);
    }

    @Test
    void refusesAnotherSumAndKeepsNothing() throws Exception {
        String found = md5();
        String expected = "0".repeat(32);
        Download wrong = new Download(url(), folder.resolve("data.gz"), List.of(expected));
        assertThatThrownBy(() -> wrong.fetch(ProgressSink.NONE))
                .isInstanceOf(Ascend4jException.class)
                .hasMessage(url() + " expects the MD5 " + expected + ", found " + found
                        + "; set --data-url to another mirror, or --data to a copy of the file");
        assertThat(folder.resolve("data.gz")).doesNotExist();
        assertThat(folder.resolve("data.gz.part")).doesNotExist();
    }

    @Test
    void saysWhatToSetWhenTheServerRefuses() {
        Download missing = new Download(url() + "x", folder.resolve("data.gz"), List.of("0"));
        assertThatThrownBy(() -> missing.fetch(ProgressSink.NONE))
                .isInstanceOf(Ascend4jException.class)
                .hasMessageContaining("HTTP status 404")
                .hasMessageContaining("--data-url");
        Download local = new Download("file:///etc/hosts", folder.resolve("data.gz"), List.of("0"));
        assertThatThrownBy(() -> local.fetch(ProgressSink.NONE))
                .hasMessage("data URL expects http:// or https://, found 'file:///etc/hosts'");
    }

    @Test
    void triesAgainAfterErrorsOfTheServer() throws Exception {
        failures.set(2);
        assertThat(Files.readAllBytes(download().fetch(ProgressSink.NONE))).isEqualTo(content);
        assertThat(ranges).containsExactly("none");
        assertThat(failures).hasValue(0);
    }

    @Test
    void followsRedirects() throws Exception {
        server.createContext("/moved", exchange -> {
            exchange.getResponseHeaders().set("Location", url());
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
        Download moved = new Download(url().replace("data.gz", "moved"), folder.resolve("data.gz"), List.of(md5()));
        assertThat(Files.readAllBytes(moved.fetch(ProgressSink.NONE))).isEqualTo(content);
    }

    @Test
    void severalAtOnceFetchOnce() throws Exception {
        List<Callable<Path>> tasks = Collections.nCopies(4, () -> download().fetch(ProgressSink.NONE));
        for (Future<Path> file : threads.invokeAll(tasks)) {
            assertThat(Files.readAllBytes(file.get())).isEqualTo(content);
        }
        assertThat(ranges).containsExactly("none");
    }

    @Test
    void storageThatCannotBeLockedIsUsedAllTheSame() throws Exception {
        Path target = folder.resolve("data.gz");
        FileChannel channel =
                FileChannel.open(folder.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        // A closed channel cannot be locked, like a file on storage without locks.
        channel.close();
        assertThat(Warnings.during(Download.class, () -> assertThat(Download.lock(target, channel))
                        .isNull()))
                .containsExactly("The download " + target
                        + " cannot be locked (the file or connection was closed): let no other process fetch it"
                        + " now.");
    }

    private void answer(HttpExchange exchange) throws IOException {
        if (!exchange.getRequestURI().getPath().equals("/data.gz")) {
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
            return;
        }
        if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            exchange.sendResponseHeaders(503, -1);
            exchange.close();
            return;
        }
        String range = exchange.getRequestHeaders().getFirst("Range");
        ranges.add(
                range == null
                        ? "none"
                        : range + " if " + exchange.getRequestHeaders().getFirst("If-Range"));
        int from = range == null || !supportsRanges ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
        exchange.getResponseHeaders().set("ETag", TAG);
        if (from >= content.length) {
            exchange.sendResponseHeaders(416, -1);
            exchange.close();
            return;
        }
        if (from > 0) {
            exchange.getResponseHeaders()
                    .set("Content-Range", "bytes " + from + "-" + (content.length - 1) + "/" + content.length);
        }
        exchange.sendResponseHeaders(from > 0 ? 206 : 200, content.length - from);
        exchange.getResponseBody().write(content, from, Math.min(cutAfter, content.length - from));
        exchange.close();
    }

    private Download download() throws Exception {
        return new Download(url(), folder.resolve("data.gz"), List.of(md5()));
    }

    private String md5() throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(content));
    }

    private String url() {
        return "http://" + server.getAddress().getAddress().getHostAddress() + ":"
                + server.getAddress().getPort() + "/data.gz";
    }
}

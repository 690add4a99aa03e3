package org.ascend4j.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.ascend4j.Ascend4jException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublishedWeightsTest {
    /** The SHA-256 of "abc" begins with ba7816bf (FIPS 180-2, appendix B.1). */
    private static final byte[] CONTENT = "abc".getBytes(StandardCharsets.US_ASCII);

    private final AtomicInteger requests = new AtomicInteger();
    private HttpServer server;

    @TempDir
    private Path folder;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            requests.incrementAndGet();
            exchange.sendResponseHeaders(200, CONTENT.length);
            exchange.getResponseBody().write(CONTENT);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void aFileIsFetchedOnceAndKeptUnderItsName() {
        Path file = PublishedWeights.fetch(address("net-ba7816bf.pth?raw=1"), folder, ProgressSink.NONE);
        assertThat(file).hasBinaryContent(CONTENT).hasFileName("net-ba7816bf.pth");
        assertThat(PublishedWeights.fetch(address("net-ba7816bf.pth"), folder, ProgressSink.NONE))
                .isEqualTo(file);
        assertThat(requests).hasValue(1);
    }

    @Test
    void aFileThatIsNotWhatItsNameSaysIsRefused() {
        assertThatThrownBy(() -> PublishedWeights.fetch(address("net-1378be20.pth"), folder, ProgressSink.NONE))
                .isInstanceOf(Ascend4jException.class)
                .hasMessageContaining("net-1378be20.pth expects the SHA-256 1378be20, found ba7816bf")
                .hasMessageContaining("set --init to the address of a mirror");
        assertThat(folder.resolve("weights/net-1378be20.pth")).doesNotExist();
    }

    @Test
    void anAddressOfSomethingElseIsRefusedBeforeItIsAsked() {
        assertThatThrownBy(() -> PublishedWeights.fetch(address("page.html"), folder, ProgressSink.NONE))
                .hasMessageContaining("ends in .pt, .pth or .safetensors");
        assertThat(requests).hasValue(0);
    }

    private String address(String name) {
        return "http://" + server.getAddress().getAddress().getHostAddress() + ":"
                + server.getAddress().getPort() + "/" + name;
    }
}

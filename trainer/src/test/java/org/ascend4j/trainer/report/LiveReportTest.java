package org.ascend4j.trainer.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.ascend4j.Ascend4jException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveReportTest {
    @TempDir
    private Path folder;

    private LiveReport live;

    @BeforeEach
    void start() throws IOException {
        Files.writeString(folder.resolve("metrics.jsonl"), "{\"step\":1}\n{\"step\":2}\n{\"st");
        live = new LiveReport(folder, 0);
        live.started(null);
    }

    @AfterEach
    void stop() {
        live.close();
    }

    /** Sends a request over a socket, because Java's HTTP client does not let a program set the host name. */
    private String ask(String request, String host) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", live.address().getPort())) {
            socket.getOutputStream()
                    .write((request + " HTTP/1.1\r\n" + (host == null ? "" : "Host: " + host + "\r\n")
                                    + "Connection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            InputStream answer = socket.getInputStream();
            return new String(answer.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private JsonNode data(String query) throws IOException {
        String answer = ask("GET /data?" + query, "localhost");
        return new ObjectMapper().readTree(answer.substring(answer.indexOf("\r\n\r\n")));
    }

    @Test
    void itAnswersToItsOwnNamesOnly() throws IOException {
        for (String own :
                new String[] {"localhost", "127.0.0.1:" + live.address().getPort(), "[::1]:1"}) {
            assertThat(ask("GET /", own)).startsWith("HTTP/1.1 200 ").contains("<!DOCTYPE html>");
        }
        for (String other : new String[] {"evil.example", "localhost.evil.example", "127.0.0.1.evil.example:80"}) {
            assertThat(ask("GET /", other)).startsWith("HTTP/1.1 403 ").doesNotContain("html");
            assertThat(ask("GET /data", other)).startsWith("HTTP/1.1 403 ").doesNotContain("step");
        }
        assertThat(ask("GET /run.json", "localhost")).startsWith("HTTP/1.1 404 ");
        assertThat(ask("DELETE /", "localhost")).startsWith("HTTP/1.1 405 ");
    }

    @Test
    void itTellsWhatIsNewInWholeLines() throws IOException {
        JsonNode first = data("from=0");
        assertThat(first.get("metrics").toString()).isEqualTo("[{\"step\":1},{\"step\":2}]");
        assertThat(first.get("next").asInt()).isEqualTo(22);
        assertThat(first.get("evaluation").isNull()).isTrue();
        Files.writeString(folder.resolve("metrics.jsonl"), "ep\":3}\n", StandardOpenOption.APPEND);
        Files.writeString(folder.resolve("evaluation.json"), "{\"loss\":1}");
        JsonNode second = data("from=22&evaluated=" + first.get("evaluated").asLong());
        assertThat(second.get("metrics").toString()).isEqualTo("[{\"step\":3}]");
        assertThat(second.get("evaluation").toString()).isEqualTo("{\"loss\":1}");
        JsonNode third = data("from=" + second.get("next").asLong() + "&evaluated="
                + second.get("evaluated").asLong());
        assertThat(third.get("metrics")).isEmpty();
        assertThat(third.get("evaluation").isNull()).isTrue();
    }

    @Test
    void aPortInUseIsToldInASentence() {
        int port = live.address().getPort();
        assertThatThrownBy(() -> new LiveReport(folder, port))
                .isInstanceOf(Ascend4jException.class)
                .hasMessageContaining("--live expects a free port, found " + port + ": Address already in use");
    }
}

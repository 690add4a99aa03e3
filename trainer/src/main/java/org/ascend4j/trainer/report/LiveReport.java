package org.ascend4j.trainer.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.ascend4j.Ascend4jException;
import org.ascend4j.FileErrors;
import org.ascend4j.trainer.progress.RunOutline;
import org.ascend4j.trainer.progress.TrainingListener;

/**
 * Serves a run's report to browsers on this machine while the run goes on. It reads the run's files on each request, so
 * that training steps never wait for it.
 *
 * <p>It listens on the loopback address and accepts only host names of that address. A request with another host name
 * gets 403, which prevents DNS rebinding: a foreign name that an attacker points to this machine.
 *
 * @since 0.1.0
 */
public final class LiveReport implements TrainingListener, AutoCloseable {
    private static final Set<String> OWN_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final int MOST_BYTES = 4 << 20;

    private final Path folder;
    private final HttpServer server;

    /**
     * Opens a port; requests are answered from the start of the run.
     *
     * @param folder the run's folder
     * @param port the port; 0 for any free port
     */
    public LiveReport(Path folder, int port) {
        this.folder = folder;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException e) {
            throw new Ascend4jException(
                    "--live expects a free port, found " + port + ": " + FileErrors.reason(e) + "; set another one", e);
        }
        server.createContext("/", this::answer);
    }

    /** Returns the address of the page. */
    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    @Override
    public void started(RunOutline outline) {
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            if (!isOwnName(exchange.getRequestHeaders().getFirst("Host"))) {
                exchange.sendResponseHeaders(403, -1);
            } else if (!exchange.getRequestMethod().equals("GET")) {
                exchange.sendResponseHeaders(405, -1);
            } else if (path.equals("/")) {
                send(exchange, "text/html; charset=utf-8", ReportPage.live(folder));
            } else if (path.equals("/data")) {
                send(
                        exchange,
                        "application/json",
                        news(exchange.getRequestURI()).toString());
            } else {
                exchange.sendResponseHeaders(404, -1);
            }
        }
    }

    /** Checks the host name of a request. A browser sends the name in its address bar, whatever address this resolved to. */
    private static boolean isOwnName(String host) {
        return host != null && OWN_NAMES.contains(host.replaceFirst(":\\d+$", ""));
    }

    private static void send(HttpExchange exchange, String type, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    /** Returns the lines of metrics from byte {@code from}, and the evaluation if it is newer than {@code evaluated}. */
    private JsonNode news(URI request) throws IOException {
        long from = parameter(request, "from");
        ObjectNode news = JsonNodeFactory.instance.objectNode();
        String lines = linesFrom(from);
        lines.lines().map(RunFolder::parse).filter(line -> line != null).forEach(news.putArray("metrics")::add);
        news.put("next", from + lines.getBytes(StandardCharsets.UTF_8).length);
        Path evaluation = folder.resolve(RunFolder.EVALUATION);
        long written =
                Files.exists(evaluation) ? Files.getLastModifiedTime(evaluation).toMillis() : 0;
        news.put("evaluated", written);
        news.set(
                "evaluation",
                written > parameter(request, "evaluated") ? RunFolder.parse(Files.readString(evaluation)) : null);
        return news;
    }

    private static long parameter(URI request, String name) {
        String query = request.getQuery() == null ? "" : request.getQuery();
        return List.of(query.split("&")).stream()
                .filter(pair -> pair.matches(name + "=\\d{1,18}"))
                .mapToLong(pair -> Long.parseLong(pair.substring(name.length() + 1)))
                .findFirst()
                .orElse(0);
    }

    /** Returns only complete lines, because the last one may be incomplete. */
    private String linesFrom(long from) throws IOException {
        try (RandomAccessFile metrics =
                new RandomAccessFile(folder.resolve(RunFolder.METRICS).toFile(), "r")) {
            byte[] bytes = new byte[(int) Math.max(0, Math.min(metrics.length() - from, MOST_BYTES))];
            metrics.seek(from);
            metrics.readFully(bytes);
            String text = new String(bytes, StandardCharsets.UTF_8);
            return text.substring(0, text.lastIndexOf('\n') + 1);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}

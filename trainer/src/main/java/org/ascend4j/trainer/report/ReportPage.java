package org.ascend4j.trainer.report;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The page that shows runs: one HTML file that needs no network.
 *
 * <p>Java inserts the runs' figures as JSON, and a script in the page draws them. Names are untrusted: special
 * characters of HTML are escaped in the JSON, the script writes text only, and the page's security policy allows no
 * other script.
 *
 * @since 0.1.0
 */
public final class ReportPage {
    private static final String TEMPLATE = resource("report.html");
    private static final String STYLE = resource("report.css");
    private static final String SCRIPT = Stream.of("dom.js", "chart.js", "tables.js", "runs.js", "report.js")
            .map(ReportPage::resource)
            .collect(Collectors.joining("\n"));

    private ReportPage() {}

    /** Writes the page of one run, or of several runs to compare. */
    public static void write(Path file, List<RunFolder> runs) {
        RunFolder.write(file, html(runs.stream().map(RunFolder::content).toList(), false));
    }

    /** Returns the page of a run that requests the figures repeatedly from its server. */
    static String live(Path folder) {
        return html(List.of(new RunFolder(folder).outline()), true);
    }

    private static String html(List<ObjectNode> runs, boolean live) {
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        data.put("live", live);
        data.putArray("runs").addAll(runs);
        return TEMPLATE.replace("{{policy}}", "'sha256-" + sha256(SCRIPT) + "'")
                .replace("{{style}}", STYLE)
                .replace("{{script}}", SCRIPT)
                // The figures come last, because they may contain any text, including a placeholder.
                .replace("{{data}}", escape(data.toString()));
    }

    /** Escapes three characters of HTML. In JSON they occur only in strings, where an escape sequence is equivalent. */
    private static String escape(String json) {
        return json.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026");
    }

    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Returns the style of the page, for other pages that look alike. */
    public static String style() {
        return STYLE;
    }

    private static String resource(String name) {
        try (InputStream in = ReportPage.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package org.ascend4j.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The driver's tool {@code npu-smi}, which lists the NPUs of a machine. */
final class NpuSmi {
    /** Matches a row such as {@code | 0     910B4               | OK            | 85.1 ...}. */
    private static final Pattern ROW =
            Pattern.compile("^\\|\\s*\\d+\\s+(?:Ascend)?(\\d{3}\\w*)\\s*\\|\\s*\\w+", Pattern.MULTILINE);

    private static final int SECONDS = 10;

    private NpuSmi() {}

    /** Returns the first NPU's name in the form that ATC expects; empty if there is no NPU. */
    static Optional<String> socVersion() {
        try {
            Process process = new ProcessBuilder("npu-smi", "info")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process.getOutputStream().close();
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return Optional.empty();
            }
            return parse(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** Parses the table that the tool prints. */
    static Optional<String> parse(String table) {
        Matcher row = ROW.matcher(table);
        return row.find() ? Optional.of("Ascend" + row.group(1)) : Optional.empty();
    }
}

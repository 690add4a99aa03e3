package org.ascend4j.nativelib.support;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A Python to embed.
 *
 * @param executable the path of its Python interpreter
 * @param libpython its shared library
 */
public record PythonEnvironment(Path executable, Path libpython) {
    private static final String WHERE = "import sys, sysconfig as s;"
            + "print(sys.executable); print(s.get_config_var('LIBDIR') + '/' + str(s.get_config_var('INSTSONAME')))";

    /** Finds the Python of ASCEND4J_TORCH_HOME, else the python3 on the PATH. */
    public static Optional<PythonEnvironment> find() {
        String home = System.getenv("ASCEND4J_TORCH_HOME");
        try {
            Process python = new ProcessBuilder(home == null ? "python3" : home + "/bin/python", "-c", WHERE)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            List<String> lines =
                    new String(python.getInputStream().readAllBytes()).lines().toList();
            if (python.waitFor() != 0 || !Files.isRegularFile(Path.of(lines.get(1)))) {
                return Optional.empty();
            }
            return Optional.of(new PythonEnvironment(Path.of(lines.get(0)), Path.of(lines.get(1))));
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}

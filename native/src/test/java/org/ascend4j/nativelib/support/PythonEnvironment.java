package org.ascend4j.nativelib.support;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

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
        return of(home == null ? "python3" : home + "/bin/python");
    }

    /** Finds a Python of each version that torch_npu has wheels for, 3.9 to 3.13, on the PATH or among pyenv's, besides that of {@link #find}. */
    public static List<PythonEnvironment> all() {
        Stream<PythonEnvironment> versions = IntStream.rangeClosed(9, 13)
                .mapToObj(minor -> candidates("3." + minor)
                        .map(PythonEnvironment::of)
                        .flatMap(Optional::stream)
                        .findFirst())
                .flatMap(Optional::stream);
        return Stream.concat(find().stream(), versions).distinct().toList();
    }

    private static Stream<String> candidates(String version) {
        String root = System.getenv("PYENV_ROOT");
        Path installed =
                (root == null ? Path.of(System.getProperty("user.home"), ".pyenv") : Path.of(root)).resolve("versions");
        String[] folders = Objects.requireNonNullElse(installed.toFile().list(), new String[0]);
        return Stream.concat(
                Stream.of("python" + version),
                Stream.of(folders)
                        .filter(folder -> folder.startsWith(version + "."))
                        .map(folder -> installed + "/" + folder + "/bin/python" + version));
    }

    private static Optional<PythonEnvironment> of(String command) {
        try {
            Process python = new ProcessBuilder(command, "-c", WHERE)
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

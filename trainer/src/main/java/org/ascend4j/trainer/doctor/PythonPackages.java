package org.ascend4j.trainer.doctor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.ascend4j.Ascend4jException;

/** Asks a Python which modules it could import, without importing them. */
final class PythonPackages {
    private static final String SCRIPT =
            """
            import importlib.util, sys
            def there(name):
                try:
                    return importlib.util.find_spec(name) is not None
                except ImportError:
                    return False
            print(*[name for name in sys.argv[1:] if not there(name)])
            """;

    private PythonPackages() {}

    /** Returns those of {@code modules} that {@code python} would not find. */
    static List<String> missing(String python, List<String> modules) {
        List<String> command = new ArrayList<>(List.of(python, "-c", SCRIPT));
        command.addAll(modules);
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return output.isEmpty() ? List.of() : List.of(output.split(" "));
        } catch (IOException e) {
            throw new Ascend4jException("expected a Python that runs, found " + e.getMessage(), e);
        }
    }
}

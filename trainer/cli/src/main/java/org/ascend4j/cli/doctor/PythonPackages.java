package org.ascend4j.cli.doctor;

import java.util.List;
import org.ascend4j.runtime.PythonProcess;

/** Determines which modules a Python installation can import, without importing them. */
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

    /** Returns the modules in {@code modules} that {@code python} cannot find. */
    static List<String> missing(String python, List<String> modules) {
        String output = PythonProcess.output(python, SCRIPT, modules).strip();
        return output.isEmpty() ? List.of() : List.of(output.split(" "));
    }
}

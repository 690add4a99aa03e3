package org.ascend4j.nativelib.python;

import java.nio.file.Files;
import java.nio.file.Path;
import org.ascend4j.Ascend4jException;
import org.ascend4j.nativelib.NativeLibrary;
import org.ascend4j.nativelib.jni.Ascend4jNative;

/**
 * CPython embedded in this process, which torch_npu's wheel needs.
 *
 * <p>It runs until the process ends and is never finalised, because libtorch's threads may hold Python objects until then. No Java thread holds the GIL between
 * calls, so any thread may call. {@link #runExitHandlers} does what Python would do at its exit.
 */
public final class EmbeddedPython {
    private EmbeddedPython() {}

    /**
     * Starts the interpreter. A process can do this only once.
     *
     * @param libpython the shared library of CPython 3.9 or newer, such as {@code libpython3.11.so.1.0}
     * @param executable the environment's {@code python}; if it belongs to a virtual environment, that environment applies
     * @throws Ascend4jException if a file is missing, the library is not CPython, or Python already runs
     */
    public static void start(Path libpython, Path executable) {
        NativeLibrary.load();
        requireFile(libpython, "libpython");
        requireFile(executable, "python");
        try {
            Ascend4jNative.python_start(
                    libpython.toAbsolutePath().toString(),
                    executable.toAbsolutePath().toString());
        } catch (RuntimeException e) {
            throw new Ascend4jException(e.getMessage(), e);
        }
    }

    /** Returns whether {@link #start} succeeded in this process. */
    public static boolean isStarted() {
        return NativeLibrary.isAvailable() && Ascend4jNative.python_started();
    }

    /**
     * Runs statements in the module {@code __main__}, which all calls share.
     *
     * @throws PythonException if they raise; it contains the traceback
     */
    public static void run(String code) {
        requireStarted();
        try {
            Ascend4jNative.python_run(code);
        } catch (RuntimeException e) {
            throw new PythonException(e.getMessage(), e);
        }
    }

    /**
     * Returns {@code str()} of an expression evaluated in the module {@code __main__}.
     *
     * @throws PythonException if it raises; it contains the traceback
     */
    public static String eval(String expression) {
        requireStarted();
        try {
            return Ascend4jNative.python_eval(expression);
        } catch (RuntimeException e) {
            throw new PythonException(e.getMessage(), e);
        }
    }

    /** Runs the functions registered with Python's atexit, including torch_npu's finalisation of the device, and unregisters them. */
    public static void runExitHandlers() {
        run("import atexit\natexit._run_exitfuncs()\n");
    }

    private static void requireStarted() {
        if (!isStarted()) {
            throw new Ascend4jException("expected a running Python in this process, found none: start it first");
        }
    }

    private static void requireFile(Path file, String what) {
        if (!Files.isRegularFile(file)) {
            throw new Ascend4jException(what + " expected at " + file + ", found no such file");
        }
    }
}

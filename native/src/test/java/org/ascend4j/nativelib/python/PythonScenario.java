package org.ascend4j.nativelib.python;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.ascend4j.Ascend4jException;

/** The scenario that EmbeddedPythonTest checks, in a separate process: {@code LIBPYTHON EXECUTABLE}. */
final class PythonScenario {
    private static final PrintStream OUT = new PrintStream(System.out, true, UTF_8);

    private PythonScenario() {}

    public static void main(String[] arguments) throws InterruptedException {
        Path libpython = Path.of(arguments[0]);
        Path executable = Path.of(arguments[1]);
        EmbeddedPython.start(libpython, executable);
        OUT.println("executable " + EmbeddedPython.eval("sys.executable"));
        OUT.println("argv " + EmbeddedPython.eval("sys.argv"));
        fail("def fail():\n    raise ValueError('schön 😀')\nfail()\n");
        fail("1 +* 2");
        fail("raise SystemExit(7)");
        OUT.println("after the errors " + EmbeddedPython.eval("6 * 7"));
        callFromThreads();
        runPythonThread();
        OUT.println("SIGINT handler of Python: "
                + EmbeddedPython.eval("__import__('signal').getsignal(2) is __import__('signal').default_int_handler"));
        try {
            EmbeddedPython.start(libpython, executable);
        } catch (Ascend4jException e) {
            OUT.println("second start: " + e.getMessage());
        }
        EmbeddedPython.run("import atexit\nexits = []\natexit.register(lambda: exits.append(1))\n");
        EmbeddedPython.runExitHandlers();
        EmbeddedPython.runExitHandlers();
        OUT.println("exit handlers " + EmbeddedPython.eval("len(exits)"));
    }

    private static void fail(String code) {
        try {
            EmbeddedPython.run(code);
        } catch (PythonException e) {
            OUT.print(e.getMessage());
            OUT.println("summary " + e.summary());
        }
    }

    private static void callFromThreads() throws InterruptedException {
        EmbeddedPython.run("count = 0\n");
        Thread[] threads = IntStream.range(0, 8)
                .mapToObj(i -> new Thread(() -> {
                    for (int call = 0; call < 100; call++) {
                        EmbeddedPython.run("count += 1\n");
                    }
                }))
                .toArray(Thread[]::new);
        for (Thread thread : threads) {
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        OUT.println("threads " + EmbeddedPython.eval("count"));
    }

    /** Runs a Python thread, which can only run while no Java thread holds the GIL. */
    private static void runPythonThread() throws InterruptedException {
        EmbeddedPython.run("import threading, time\nran = False\n"
                + "def work():\n    global ran\n    time.sleep(0.05)\n    ran = True\n"
                + "threading.Thread(target=work, daemon=True).start()\n");
        boolean ran = false;
        for (int i = 0; i < 200 && !ran; i++) {
            Thread.sleep(20);
            ran = EmbeddedPython.eval("ran").equals("True");
        }
        OUT.println("background thread ran " + ran);
    }
}

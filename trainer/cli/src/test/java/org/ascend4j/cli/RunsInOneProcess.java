package org.ascend4j.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.ascend4j.device.DeviceBackend;
import org.ascend4j.device.DeviceConfig;
import org.ascend4j.device.DeviceSpec;
import org.ascend4j.device.Devices;
import org.ascend4j.nativelib.python.EmbeddedPython;

/**
 * Runs several command lines one after another, for {@code .ci/recorded-check}: importing torch_npu in a process for each would take most of the time.
 *
 * <p>{@code TORCH_HOME FILE...}: a file has one argument in each line. What a command prints goes to FILE.log, its exit code and the number of graphs that it
 * has launched on the simulated CANN go to FILE.result.
 */
final class RunsInOneProcess {
    private static final String COUNT =
            """
            import ctypes, json

            def graph_launches():
                counters = ctypes.create_string_buffer(1 << 20)
                ctypes.CDLL('libascendcl.so').simGetCounters(counters, len(counters))
                return json.loads(counters.value)['graph_launches']
            """;

    private RunsInOneProcess() {}

    /** Runs the commands and ends the process. */
    public static void main(String[] arguments) throws IOException {
        // Each run opens the device and closes it.
        try (DeviceBackend npu =
                Devices.open(DeviceSpec.parse("npu"), DeviceConfig.DEFAULT.withTorchHome(arguments[0]))) {
            npu.attachThread();
            EmbeddedPython.run(COUNT);
        }
        for (String file : List.of(arguments).subList(1, arguments.length)) {
            run(file);
        }
        System.exit(0);
    }

    private static void run(String file) throws IOException {
        String[] arguments = Files.readAllLines(Path.of(file)).toArray(String[]::new);
        PrintStream out = System.out;
        PrintStream err = System.err;
        long before = graphLaunches();
        int code;
        try (PrintStream log = new PrintStream(file + ".log", StandardCharsets.UTF_8)) {
            System.setOut(log);
            System.setErr(log);
            code = Main.execute(arguments);
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
        Files.writeString(Path.of(file + ".result"), code + " " + (graphLaunches() - before) + "\n");
    }

    private static long graphLaunches() {
        return Long.parseLong(EmbeddedPython.eval("graph_launches()"));
    }
}

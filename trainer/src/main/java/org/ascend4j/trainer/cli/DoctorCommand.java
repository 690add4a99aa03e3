package org.ascend4j.trainer.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import org.ascend4j.runtime.TorchRuntime;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ascend4j doctor}: what this process runs on. */
@Command(
        name = "doctor",
        description = "Shows versions, libraries and the device, and checks that they fit.",
        mixinStandardHelpOptions = true)
final class DoctorCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        PrintWriter out = spec.commandLine().getOut();
        TorchRuntime.load();
        line(out, "Ascend4J", VersionProvider.version());
        line(out, "Java", System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"));
        line(out, "system", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        line(out, "presets", TorchRuntime.PRESETS_VERSION);
        List<Path> libraries = TorchRuntime.libraries();
        libraries.forEach(library -> line(out, library.getFileName().toString(), library.toString()));
        line(out, "CPU", TorchRuntime.cpuCapability());
        line(
                out,
                "threads",
                TorchRuntime.threads() + " of " + Runtime.getRuntime().availableProcessors());
        out.println(TorchRuntime.buildConfiguration());
        out.flush();
    }

    private static void line(PrintWriter out, String name, String value) {
        out.printf("%-24s %s%n", name, value);
    }
}

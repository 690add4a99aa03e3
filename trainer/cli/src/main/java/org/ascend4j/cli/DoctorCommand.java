package org.ascend4j.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.ascend4j.cli.doctor.Checks;
import org.ascend4j.cli.doctor.Diagnosis;
import org.ascend4j.cli.doctor.DiagnosisJson;
import org.ascend4j.cli.doctor.DiagnosisTable;
import org.ascend4j.cli.doctor.Doctor;
import org.ascend4j.cli.doctor.Host;
import org.ascend4j.cli.doctor.Subject;
import org.ascend4j.cli.help.HelpGroup;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ascend4j doctor}: checks everything that a device needs, step by step. */
@Command(
        name = "doctor",
        description = "Checks each step from Java to a training step on the device and prints what to do about "
                + "the first failure.",
        sortOptions = false,
        footer = {"", "Example: ./ascend4j doctor --device npu"},
        mixinStandardHelpOptions = true)
@HelpGroup.In(HelpGroup.FIRST)
final class DoctorCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private DeviceOptions deviceOptions;

    @Option(names = "--json", description = "Print JSON instead of a table.")
    private boolean json;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        DiagnosisTable table = new DiagnosisTable(out);
        try (Subject subject =
                new Subject(Host.current(), deviceOptions.spec(), deviceOptions.config(), VersionProvider.version())) {
            Diagnosis diagnosis = Doctor.examine(Checks.of(subject), row -> {
                if (!json) {
                    table.row(row);
                }
            });
            String device = deviceOptions.spec().toString();
            if (json) {
                out.println(DiagnosisJson.of(device, diagnosis).toPrettyString());
                out.flush();
            } else {
                table.verdict(device, diagnosis);
            }
            return diagnosis.isHealthy() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
        }
    }
}

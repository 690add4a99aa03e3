package org.ascend4j.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.ascend4j.Ascend4jException;
import org.ascend4j.FileErrors;
import org.ascend4j.cli.certify.Candidate;
import org.ascend4j.cli.certify.Certificate;
import org.ascend4j.cli.certify.Certification;
import org.ascend4j.cli.doctor.Checks;
import org.ascend4j.cli.doctor.Diagnosis;
import org.ascend4j.cli.doctor.DiagnosisTable;
import org.ascend4j.cli.doctor.Doctor;
import org.ascend4j.cli.doctor.Host;
import org.ascend4j.cli.doctor.Subject;
import org.ascend4j.cli.help.HelpGroup;
import org.ascend4j.device.DeviceBackend;
import org.ascend4j.device.DeviceSpec;
import org.ascend4j.device.Devices;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ascend4j certify}: tests a device's results, memory and speed, and writes one report. */
@Command(
        name = "certify",
        description = "Compares a device's results, memory and speed with the CPU and writes certify.txt and "
                + "certify.json.",
        sortOptions = false,
        footer = {"", "Example: ./ascend4j certify --device npu"},
        mixinStandardHelpOptions = true)
@HelpGroup.In(HelpGroup.FIRST)
final class CertifyCommand implements Callable<Integer> {
    private static final int MOST_STEPS = 100_000;
    private static final int MOST_BATCH = 100_000;

    @Spec
    private CommandSpec spec;

    @Mixin
    private DeviceOptions deviceOptions;

    @Option(
            names = "--output",
            paramLabel = "DIR",
            defaultValue = "certify",
            description = "Folder for the report and the runs (default: ${DEFAULT-VALUE}).")
    private Path output;

    @Option(
            names = "--steps",
            paramLabel = "N",
            defaultValue = "20",
            description = "Steps of each comparison and measurement (default: ${DEFAULT-VALUE}).")
    private int steps;

    @Option(
            names = "--batch-size",
            paramLabel = "N",
            defaultValue = "128",
            description = "Images per step (default: ${DEFAULT-VALUE}).")
    private int batch;

    @Override
    public Integer call() {
        OptionRange.check(spec.commandLine(), "--steps", steps, 1, MOST_STEPS);
        OptionRange.check(spec.commandLine(), "--batch-size", batch, 1, MOST_BATCH);
        try {
            Files.createDirectories(output);
        } catch (IOException e) {
            throw new Ascend4jException(
                    "--output expects a folder that can be written, found " + output + ": " + FileErrors.reason(e), e);
        }
        try (Subject subject =
                new Subject(Host.current(), deviceOptions.spec(), deviceOptions.config(), VersionProvider.version())) {
            PrintWriter out = spec.commandLine().getOut();
            DiagnosisTable table = new DiagnosisTable(out);
            Diagnosis diagnosis = Doctor.examine(Checks.of(subject), table::row);
            table.verdict(deviceOptions.spec().toString(), diagnosis);
            out.println();
            out.flush();
            Certificate certificate = new Certificate(
                    deviceOptions.spec().toString(),
                    diagnosis,
                    diagnosis.isHealthy() ? certify(subject.device(), out) : List.of());
            certificate.write(output);
            out.println();
            out.println((certificate.isPassed() ? "PASSED" : "FAILED") + "; the report is in "
                    + output.resolve("certify.txt") + " and " + output.resolve("certify.json"));
            out.flush();
            return certificate.isPassed() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
        }
    }

    private List<Certification.Result> certify(DeviceBackend device, PrintWriter out) {
        deviceOptions.applyThreads();
        try (DeviceBackend cpu = Devices.open(DeviceSpec.parse("cpu"), deviceOptions.config())) {
            return Certification.run(new Candidate(device, cpu, output, steps, batch), result -> {
                out.println(Certificate.line(result));
                out.flush();
            });
        }
    }
}

package org.ascend4j.cli;

import java.nio.file.Path;
import java.util.List;
import org.ascend4j.cli.help.HelpGroup;
import org.ascend4j.trainer.report.ReportPage;
import org.ascend4j.trainer.report.RunFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ascend4j report}. */
@Command(
        name = "report",
        description = "Writes the report page of a run, or a comparison of several runs.",
        footer = {"", "Example: ./ascend4j report runs/ascend-20261126-101500 runs/fast-20261126-113000"},
        sortOptions = false,
        mixinStandardHelpOptions = true)
@HelpGroup.In(HelpGroup.FIRST)
final class ReportCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "RUN",
            arity = "1..*",
            description = "Folders of runs. Runs of earlier versions that have only metrics.jsonl are accepted.")
    private List<Path> folders;

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description = "The page to write (default: report.html in the folder of a single run, comparison.html "
                    + "in the working directory for several).")
    private Path output;

    @Override
    public void run() {
        List<RunFolder> runs = folders.stream().map(RunFolder::of).toList();
        Path page = output == null ? defaultPage() : output;
        ReportPage.write(page, runs);
        spec.commandLine().getOut().println("The report is in " + page);
        spec.commandLine().getOut().flush();
    }

    private Path defaultPage() {
        return folders.size() == 1 ? folders.get(0).resolve(RunFolder.REPORT) : Path.of("comparison.html");
    }
}

package org.ascend4j.cli;

import java.io.PrintWriter;
import java.util.Map;
import org.ascend4j.Ascend4jException;
import org.ascend4j.cli.help.CompletionCommand;
import org.ascend4j.cli.help.GroupedHelp;
import org.ascend4j.cli.help.ManualPage;
import org.ascend4j.runtime.JavaCppCache;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** The command line: {@code ascend4j COMMAND}. */
@Command(
        name = "ascend4j",
        description = "Trains GoogLeNet from Java on Ascend NPUs, GPUs and CPUs.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        subcommands = {
            TrainCommand.class,
            TuneCommand.class,
            EvaluateCommand.class,
            PredictCommand.class,
            ReportCommand.class,
            SummaryCommand.class,
            ExportCommand.class,
            ConvertCommand.class,
            DoctorCommand.class,
            CertifyCommand.class,
            BenchCommand.class,
            CompletionCommand.class,
            ManualPage.class
        },
        footer = {
            "",
            "First steps:",
            "  ./ascend4j train --data shapes      learns generated shapes in about a minute",
            "  ./ascend4j COMMAND --help           lists the options of a command"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "1:failed", "2:wrong usage", "130,143:interrupted by SIGINT, SIGTERM"})
public final class Main implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Main.class);

    @Spec
    private CommandSpec spec;

    private Main() {}

    /** Runs the command line and ends the process with its exit code. */
    public static void main(String[] arguments) {
        JavaCppCache.choose();
        System.exit(execute(arguments));
    }

    /** Runs the command line and returns its exit code. */
    static int execute(String... arguments) {
        return execute(System.getenv(), arguments);
    }

    /** Runs the command line in an environment and returns its exit code. */
    static int execute(Map<String, String> environment, String... arguments) {
        CommandLine line = new ModelArtsOptions(environment)
                .adapt(new CommandLine(new Main()))
                .setCaseInsensitiveEnumValuesAllowed(true)
                // The last occurrence of an option wins, so that a user can override the options of a script.
                .setOverwrittenOptionsAllowed(true)
                .setExecutionExceptionHandler(Main::explain)
                .setParameterExceptionHandler(Main::correct);
        GroupedHelp.install(line);
        CommandLine.IExecutionStrategy strategy = line.getExecutionStrategy();
        line.setExecutionStrategy(parsed -> execute(strategy, parsed));
        int code = line.execute(arguments);
        // Print streams report no errors: without this check a full disk behind a redirection would look like success.
        if (System.out.checkError() && code == CommandLine.ExitCode.OK) {
            tell(
                    line,
                    new Ascend4jException(
                            "standard output expects to take all that is printed, found it closed or its disk full"));
            return CommandLine.ExitCode.SOFTWARE;
        }
        return code;
    }

    /** Picocli passes only exceptions to the handler; this method handles errors, such as a full heap, in the same way. */
    private static int execute(CommandLine.IExecutionStrategy strategy, ParseResult parsed) {
        try {
            return strategy.execute(parsed);
        } catch (Error e) {
            throw new CommandLine.ExecutionException(parsed.commandSpec().commandLine(), "an error", e);
        }
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "expected a command, found none");
    }

    /** Prints one sentence for a user's problem; any other exception is a bug and is printed with its stack trace. */
    private static int explain(Exception failure, CommandLine command, ParseResult parsed) {
        command.getOut().flush();
        Failures.explain(failure)
                .ifPresentOrElse(
                        problem -> tell(command, problem),
                        () -> LOG.error("This is a bug in Ascend4J; please report it with the lines below.", failure));
        command.getErr().flush();
        return CommandLine.ExitCode.SOFTWARE;
    }

    /**
     * Prints the sentence for wrong usage and how to get help. Picocli's own handler would also print a hundred lines
     * of options, and the sentence would scroll off the screen.
     */
    private static int correct(CommandLine.ParameterException mistake, String[] arguments) {
        CommandLine command = mistake.getCommandLine();
        PrintWriter error = command.getErr();
        error.println("ascend4j: " + mistake.getMessage());
        if (command.getParent() == null && arguments.length == 0) {
            command.usage(error);
        } else {
            CommandLine.UnmatchedArgumentException.printSuggestions(mistake, error);
            error.println("'" + command.getCommandSpec().qualifiedName() + " --help' lists the options.");
        }
        error.flush();
        return CommandLine.ExitCode.USAGE;
    }

    /** Prints a user's problem. */
    static void tell(CommandLine command, Ascend4jException problem) {
        command.getErr().println("ascend4j: " + problem.getMessage());
        command.getErr().flush();
        LOG.debug("Cause", problem);
    }
}

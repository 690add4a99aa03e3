package org.ascend4j.cli;

import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;

/**
 * Adapts the command line to ModelArts. The platform passes a job's folders in its own variables or parameters, appends
 * arguments that this command line does not have, and runs the same command again in a new container after a fault.
 */
final class ModelArtsOptions implements IDefaultValueProvider {
    /** The usual name of the parameter for a job's input. */
    static final String DATA = "data_url";

    /** The usual name of the parameter for a job's output, which is copied to OBS while the job runs. */
    static final String OUTPUT = "train_url";

    private final Map<String, String> environment;

    /** Reads the platform's variables from a process's environment. */
    ModelArtsOptions(Map<String, String> environment) {
        this.environment = environment;
    }

    /** Returns whether the platform, or its scheduler Volcano, started this process. */
    boolean isHere() {
        return environment.keySet().stream().anyMatch(name -> name.startsWith("MA_") || name.startsWith("VC_"));
    }

    /** Adapts a command line if this process runs on the platform; otherwise it stays unchanged. */
    CommandLine adapt(CommandLine command) {
        if (isHere()) {
            command.getSubcommands().values().forEach(each -> each.setUnmatchedArgumentsAllowed(true));
            command.setDefaultValueProvider(this).setExecutionStrategy(ModelArtsOptions::execute);
        }
        return command;
    }

    @Override
    public String defaultValue(ArgSpec argument) {
        if (!(argument instanceof OptionSpec option)) {
            return null;
        }
        return switch (option.longestName()) {
            case "--" + DATA -> variable(DATA);
            case "--" + OUTPUT -> variable(OUTPUT);
            case ResumeOptions.NAME -> ResumeOptions.AUTO;
            default -> null;
        };
    }

    private String variable(String name) {
        String value = environment.get(name);
        return value == null || value.isBlank() ? null : value;
    }

    private static int execute(ParseResult parsed) {
        if (parsed.hasSubcommand() && !parsed.subcommand().unmatched().isEmpty()) {
            CommandLine command = parsed.subcommand().commandSpec().commandLine();
            command.getErr()
                    .println("ascend4j: ignoring unknown arguments of " + command.getCommandName() + ": "
                            + String.join(" ", parsed.subcommand().unmatched()));
        }
        return new RunLast().execute(parsed);
    }
}

package org.ascend4j.cli.help;

import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Reads names and descriptions from the model of the command line, for documents that are generated from it. */
final class CommandText {
    private CommandText() {}

    /** Returns the commands of the program in their order of declaration. */
    static Stream<CommandSpec> commands(CommandSpec root) {
        return root.subcommands().values().stream()
                .map(CommandLine::getCommandSpec)
                .distinct();
    }

    /** Returns an option's names and the label of its value, such as {@code --resume[=FILE]}. */
    static String names(OptionSpec option) {
        String names = String.join(", ", option.names());
        if (option.negatable()) {
            names = names.replace("--", "--[no-]");
        }
        if (option.typeInfo().isBoolean()) {
            return names;
        }
        String value = "=" + option.paramLabel();
        return names + (option.arity().min() == 0 ? "[" + value + "]" : value);
    }

    /** Returns the description of an option or parameter with its default. */
    static String description(ArgSpec argument) {
        String text = description(argument.description());
        return argument.defaultValue() == null ? text : text.replace("${DEFAULT-VALUE}", argument.defaultValue());
    }

    /** Returns the lines of a description as one line of plain text. */
    static String description(String[] lines) {
        return String.join(" ", lines).replace("%n", " ").replace("%%", "%");
    }
}

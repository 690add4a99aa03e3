package org.ascend4j.cli.help;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ascend4j man}: generates the manual page in roff, or the reference in Markdown, from the commands' descriptions. */
@Command(
        name = "man",
        description = "Prints the manual page: ./ascend4j man | man -l -",
        mixinStandardHelpOptions = true)
public final class ManualPage implements Runnable {
    @Spec
    private CommandSpec spec;

    @Option(names = "--markdown", description = "Print the reference of all commands and options in Markdown instead.")
    private boolean markdown;

    @Override
    public void run() {
        PrintWriter out = spec.commandLine().getOut();
        if (markdown) {
            new OptionReference(out).print(spec.root());
        } else {
            roff(spec.root(), out);
        }
        out.flush();
    }

    private static void roff(CommandSpec root, PrintWriter out) {
        out.println(".TH " + text(root.name().toUpperCase(Locale.ROOT)) + " 1");
        out.println(".SH NAME");
        out.println(text(root.name() + " - "
                + CommandText.description(root.usageMessage().description())));
        out.println(".SH SYNOPSIS");
        out.println(".B " + text(root.name()) + "\nCOMMAND [OPTIONS]");
        CommandText.commands(root).forEach(command -> print(command, out));
        out.println(".SH EXIT STATUS");
        root.usageMessage().exitCodeList().forEach((code, meaning) -> item(out, code, meaning));
    }

    private static void print(CommandSpec command, PrintWriter out) {
        out.println(".SH " + text(command.qualifiedName().toUpperCase(Locale.ROOT)));
        out.println(text(CommandText.description(command.usageMessage().description())));
        command.positionalParameters()
                .forEach(parameter -> item(out, parameter.paramLabel(), CommandText.description(parameter)));
        Map<HelpGroup, List<OptionSpec>> groups = GroupedHelp.groups(command);
        groups.forEach((group, options) -> {
            out.println(".SS " + text(groups.size() == 1 ? "Options" : group.heading()));
            options.forEach(option -> item(out, CommandText.names(option), CommandText.description(option)));
        });
        String[] footer = command.usageMessage().footer();
        if (footer.length > 0) {
            out.println(".PP\n.nf");
            Stream.of(footer)
                    .filter(line -> !line.isBlank())
                    .map(ManualPage::text)
                    .forEach(out::println);
            out.println(".fi");
        }
    }

    private static void item(PrintWriter out, String name, String meaning) {
        out.println(".TP\n.B " + text(name) + "\n" + text(meaning));
    }

    /** Escapes text for roff: a hyphen is a minus only after a backslash, and a line that begins with a dot is a request. */
    private static String text(String plain) {
        String escaped = plain.replace("\\", "\\e").replace("-", "\\-");
        return escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" + escaped : escaped;
    }
}

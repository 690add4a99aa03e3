package org.ascend4j.cli.help;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

class HelpTest {
    @Command(
            name = "tool",
            description = "Does things.",
            subcommands = {Work.class, CompletionCommand.class, ManualPage.class})
    private static final class Tool implements Runnable {
        @Override
        public void run() {
            throw new UnsupportedOperationException();
        }
    }

    @Command(name = "work", description = "Works.", sortOptions = false, footer = "Example: tool work")
    @HelpGroup.In(HelpGroup.OUTPUT)
    private static final class Work implements Runnable {
        @Option(names = "--out", paramLabel = "DIR", description = "Where to.")
        private String out;

        @HelpGroup.In(HelpGroup.FIRST)
        @Option(
                names = "--data",
                paramLabel = "DATA",
                defaultValue = "all",
                description = "What (default: ${DEFAULT-VALUE}).")
        private String data;

        @Option(names = "--quiet", description = ".hidden or 'not'.")
        private boolean quiet;

        @Override
        public void run() {
            throw new UnsupportedOperationException();
        }
    }

    private static String run(String... arguments) {
        StringWriter text = new StringWriter();
        CommandLine line = new CommandLine(new Tool()).setCaseInsensitiveEnumValuesAllowed(true);
        GroupedHelp.install(line);
        assertThat(line.setOut(new PrintWriter(text)).execute(arguments)).isZero();
        return text.toString();
    }

    @Test
    void optionsComeByGroupsTheMostUsedFirst() {
        StringWriter text = new StringWriter();
        CommandLine line = new CommandLine(new Tool());
        GroupedHelp.install(line);
        line.getSubcommands().get("work").usage(new PrintWriter(text), CommandLine.Help.Ansi.OFF);
        assertThat(text.toString().lines().map(String::strip))
                .containsSubsequence(
                        "Works.",
                        "Most used:",
                        "--data=DATA   What (default: all).",
                        "Output:",
                        "--out=DIR     Where to.");
    }

    @Test
    void theManualIsMadeOfTheSameWords() {
        assertThat(run("man").lines())
                .containsSubsequence(
                        ".TH TOOL 1",
                        "tool \\- Does things.",
                        ".SH TOOL WORK",
                        ".SS Most used",
                        ".TP",
                        ".B \\-\\-data=DATA",
                        "What (default: all).",
                        ".SS Output",
                        ".B \\-\\-quiet",
                        "\\&.hidden or 'not'.",
                        "Example: tool work");
    }

    @Test
    void zshReadsBashsCompletion() {
        String bash = run("completion", "bash");
        assertThat(bash).contains("complete -F _complete_tool").contains("--data");
        assertThat(run("completion", "zsh"))
                .startsWith("autoload ")
                .endsWith(bash)
                .contains("bashcompinit");
    }
}

package org.ascend4j.cli.help;

import java.io.PrintWriter;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ascend4j completion}. */
@Command(
        name = "completion",
        description = "Prints a completion script for a shell.",
        footer = {
            "",
            "Examples:",
            "  source <(./ascend4j completion bash)",
            "  ./ascend4j completion zsh > ~/.ascend4j-completion && echo 'source ~/.ascend4j-completion' >> ~/.zshrc"
        },
        mixinStandardHelpOptions = true)
public final class CompletionCommand implements Runnable {
    /** The supported shells; zsh uses bash's completions through a compatibility function. */
    enum Shell {
        BASH,
        ZSH
    }

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "bash|zsh", description = "The shell.")
    private Shell shell;

    @Override
    public void run() {
        PrintWriter out = spec.commandLine().getOut();
        if (shell == Shell.ZSH) {
            out.println("autoload -U +X compinit && compinit\nautoload -U +X bashcompinit && bashcompinit");
        }
        out.print(AutoComplete.bash(spec.root().name(), spec.root().commandLine()));
        out.flush();
    }
}

package org.ascend4j.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.ascend4j.Ascend4jException;
import org.ascend4j.runtime.TorchRuntime;
import org.ascend4j.state.StateDict;
import org.ascend4j.state.StateFiles;
import org.ascend4j.trainer.model.googlenet.ParameterNames;
import org.bytedeco.javacpp.PointerScope;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ascend4j convert}. */
@Command(
        name = "convert",
        description = "Writes weights in another format, or a GoogLeNet's under another text's names.",
        sortOptions = false,
        mixinStandardHelpOptions = true)
final class ConvertCommand implements Runnable {
    /** Whose names a GoogLeNet's weights have. */
    enum Names {
        AS_THEY_ARE,
        ARTICLE,
        TEXT_000,
        TORCHVISION;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "IN", description = "Weights: .pt, .pth, .bin, .safetensors or its index.")
    private Path in;

    @Parameters(index = "1", paramLabel = "OUT", description = "The file to write: .pt, .pth, .bin or .safetensors.")
    private Path out;

    @Option(
            names = "--names",
            paramLabel = "TEXT",
            defaultValue = "as-they-are",
            description =
                    "article, text-000, torchvision or as-they-are (default: ${DEFAULT-VALUE}). torchvision's network is"
                            + " another one: its weights have no other names.")
    private Names names;

    @Override
    public void run() {
        if (Files.isDirectory(out)) {
            throw new Ascend4jException("OUT expects a file, found the folder " + out);
        }
        TorchRuntime.load();
        try (PointerScope scope = new PointerScope()) {
            StateDict renamed = renamed(StateFiles.read(in));
            StateFiles.write(out, renamed, Map.of());
            spec.commandLine().getOut().println(out + ": " + renamed.entries().size() + " tensors");
            spec.commandLine().getOut().flush();
        }
    }

    private StateDict renamed(StateDict state) {
        return switch (names) {
            case AS_THEY_ARE -> state;
            case ARTICLE -> checked(ParameterNames.toArticle(state), "stage1.0.weight", "fc.weight");
            case TEXT_000 -> checked(ParameterNames.toText000(state), "conv1.0.weight", "fc.weight");
            case TORCHVISION -> checked(state, "conv1.conv.weight", "inception3a.branch1.conv.weight");
        };
    }

    private StateDict checked(StateDict state, String... expected) {
        for (String name : expected) {
            if (state.get(name) == null) {
                throw new Ascend4jException(
                        "--names " + names + " expects the weights of a network that has such names, found none for "
                                + name + " in " + in);
            }
        }
        if (names == Names.TEXT_000 && state.entries().keySet().stream().anyMatch(name -> name.startsWith("stage"))) {
            throw new Ascend4jException(
                    "--names text-000 expects a network without batch norm, which text 000 has no names for, found one with it in "
                            + in);
        }
        return state;
    }
}

package org.ascend4j.cli;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.ascend4j.cli.help.HelpGroup;
import org.ascend4j.trainer.model.ModelPath;
import picocli.CommandLine.Option;

/** The options that locate models outside Ascend4J, for every command that makes a model. */
@HelpGroup.In(HelpGroup.NETWORK)
final class ClassPathOptions {
    @Option(
            names = "--class-path",
            paramLabel = "JAR",
            description = "Jars and class folders with further models and their dependencies, separated as in "
                    + "Java's -cp.")
    private List<String> entries = new ArrayList<>();

    /** Makes the models available until the result is closed. */
    ModelPath open() {
        return ModelPath.open(entries.stream()
                .flatMap(entry -> List.of(entry.split(File.pathSeparator)).stream())
                .filter(entry -> !entry.isEmpty())
                .map(Path::of)
                .toList());
    }
}

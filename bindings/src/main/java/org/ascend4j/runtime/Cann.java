package org.ascend4j.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.ascend4j.Ascend4jException;

/** Huawei's CANN toolkit as its {@code set_env.sh} describes it in the environment. */
public final class Cann {
    private static final String HOME = "ASCEND_HOME_PATH";
    private static final String OPERATORS = "ASCEND_OPP_PATH";

    private Cann() {}

    /** Returns the toolkit's folder; empty where {@code set_env.sh} was not sourced. */
    public static Optional<Path> home() {
        return Optional.ofNullable(System.getenv(HOME))
                .filter(value -> !value.isEmpty())
                .map(Path::of);
    }

    /** Returns the toolkit's version; empty where there is no toolkit or it does not tell. */
    public static Optional<String> version() {
        return home().flatMap(Cann::versionOf);
    }

    /** Returns the version of the toolkit in a folder; empty where it does not tell. */
    public static Optional<String> versionOf(Path home) {
        return Stream.of("ascend_toolkit_install.info", "version.info", "runtime/version.info", "compiler/version.info")
                .map(home::resolve)
                .flatMap(Cann::versionIn)
                .findFirst();
    }

    private static Stream<String> versionIn(Path file) {
        if (!Files.isReadable(file)) {
            return Stream.empty();
        }
        try {
            return Files.readAllLines(file).stream()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("version="))
                    .map(line -> line.substring(line.indexOf('=') + 1).strip());
        } catch (IOException e) {
            return Stream.empty();
        }
    }

    /** Refuses to go on without CANN's environment: torch_npu's own message for that is a missing library. */
    public static void requireEnvironment() {
        for (String variable : new String[] {HOME, OPERATORS}) {
            String value = System.getenv(variable);
            if (value == null || value.isEmpty()) {
                throw new Ascend4jException("device npu expects CANN's environment, found " + variable
                        + " unset; run 'source /usr/local/Ascend/ascend-toolkit/set_env.sh' first");
            }
            if (!Files.isDirectory(Path.of(value))) {
                throw new Ascend4jException("device npu expects CANN in " + variable + ", found no folder " + value
                        + "; run the set_env.sh of the installed toolkit");
            }
        }
    }
}

package org.ascend4j.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.ascend4j.Ascend4jException;

/**
 * Huawei's CANN toolkit, located by the environment variables that its {@code set_env.sh} sets.
 *
 * @since 0.1.0
 */
public final class Cann {
    private static final String HOME = "ASCEND_HOME_PATH";
    private static final String OPERATORS = "ASCEND_OPP_PATH";

    /**
     * The folders below /usr/local/Ascend: of version 8.5 and later, of earlier versions, and of the version without development tools, which ended with 8.3.
     */
    private static final List<String> FOLDERS = List.of("cann", "ascend-toolkit", "nnae");

    private static final Pattern PARTS_OWN = Pattern.compile("\\d+(\\.\\d+){4,}");

    private Cann() {}

    /** Returns the toolkit's folder; empty if {@code set_env.sh} was not sourced. */
    public static Optional<Path> home() {
        return Optional.ofNullable(System.getenv(HOME))
                .filter(value -> !value.isEmpty())
                .map(Path::of);
    }

    /** Returns the toolkit's version; empty if there is no toolkit or its version cannot be read. */
    public static Optional<String> version() {
        return home().flatMap(Cann::versionOf);
    }

    /**
     * Returns the version of the toolkit in a folder; empty if it cannot be read.
     *
     * <p>The version is in {@code <arch>-linux/ascend_toolkit_install.info}; the {@code version.info} files of the toolkit's parts may have their own
     * numbering, such as 7.6.0.1.220 in CANN 8.0.0.
     */
    public static Optional<String> versionOf(Path home) {
        return Stream.concat(
                        installed(home, "ascend_toolkit_install.info"),
                        Stream.of("version.info", "runtime/version.info", "compiler/version.info")
                                .map(home::resolve))
                .flatMap(Cann::versionIn)
                .filter(version -> !PARTS_OWN.matcher(version).matches())
                .findFirst();
    }

    /** Returns the version of the operator package beside a toolkit, which is separate since CANN 8.5; empty if there is none or its version cannot be read. */
    public static Optional<String> operatorsOf(Path home) {
        return installed(home, "ascend_ops_install.info")
                .flatMap(Cann::versionIn)
                .findFirst();
    }

    /** Returns the possible places of an installer's file in a toolkit's folder. */
    private static Stream<Path> installed(Path home, String file) {
        return Stream.concat(Stream.of("aarch64-linux", "x86_64-linux").map(home::resolve), Stream.of(home))
                .map(folder -> folder.resolve(file));
    }

    /**
     * Returns the first script set_env.sh of the usual CANN installations, or the usual path where there is none.
     *
     * @param place maps a path of this host to where it is
     * @param userHome the user's home folder, which may contain a CANN installation
     */
    public static String setEnv(UnaryOperator<Path> place, String userHome) {
        return Stream.of("/usr/local/Ascend", userHome + "/Ascend")
                .flatMap(root -> FOLDERS.stream().map(folder -> root + "/" + folder + "/set_env.sh"))
                .filter(script -> Files.exists(place.apply(Path.of(script))))
                .findFirst()
                .orElse("/usr/local/Ascend/ascend-toolkit/set_env.sh");
    }

    private static String setEnv() {
        return setEnv(UnaryOperator.identity(), System.getProperty("user.home"));
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

    /** Throws an error if CANN's environment is not set; torch_npu's own message for that is a missing library. */
    public static void requireEnvironment() {
        for (String variable : new String[] {HOME, OPERATORS}) {
            String value = System.getenv(variable);
            if (value == null || value.isEmpty()) {
                throw new Ascend4jException("device npu expects CANN's environment, found " + variable
                        + " unset; run 'source " + setEnv() + "' first");
            }
            if (!Files.isDirectory(Path.of(value))) {
                throw new Ascend4jException("device npu expects CANN in " + variable + ", found no folder " + value
                        + "; run the set_env.sh of the installed toolkit");
            }
        }
    }
}

package org.ascend4j.trainer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The sources of the published modules, and what their Javadoc calls internal. */
final class PublicTypes {
    private static final List<Path> ROOTS = Stream.of("../native", "../bindings", "../trainer")
            .map(module -> Path.of(module, "src/main/java"))
            .toList();
    private static final Pattern TYPE = Pattern.compile(
            "^public (?:final |abstract |sealed |non-sealed )*(?:class|interface|enum|record|@interface) ",
            Pattern.MULTILINE);

    private PublicTypes() {}

    /** Returns the files with a public type. */
    static List<Path> files() throws IOException {
        List<Path> found = new ArrayList<>();
        for (Path file : sources()) {
            if (TYPE.matcher(Files.readString(file)).find()) {
                found.add(file);
            }
        }
        return found;
    }

    /** Returns the files {@code package-info.java}. */
    static List<Path> packagePages() throws IOException {
        return sources().stream()
                .filter(file -> file.endsWith("package-info.java"))
                .toList();
    }

    /** Returns whether the Javadoc of a type or a package states that it is not public API. */
    static boolean isInternal(Path file) throws IOException {
        return Files.readString(file).contains("<b>Not public API</b>");
    }

    /** Returns the Java name of a folder or a source file: {@code org.ascend4j.nn} or {@code org.ascend4j.nn.Layer}. */
    static String name(Path path) {
        Path root = ROOTS.stream().filter(path::startsWith).findFirst().orElseThrow();
        return root.relativize(path).toString().replace(".java", "").replace('/', '.');
    }

    private static List<Path> sources() throws IOException {
        List<Path> found = new ArrayList<>();
        for (Path root : ROOTS) {
            try (Stream<Path> files = Files.walk(root)) {
                files.filter(file -> file.toString().endsWith(".java")).sorted().forEach(found::add);
            }
        }
        return found;
    }
}

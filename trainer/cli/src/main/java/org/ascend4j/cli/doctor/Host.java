package org.ascend4j.cli.doctor;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The machine, as an interface for the checks. */
public interface Host {
    /** Returns the environment variables. */
    Map<String, String> environment();

    /** Returns the folder to which absolute paths are relative: {@code /} except in tests. */
    Path root();

    /** Returns whether this user can read and write a file. */
    boolean mayUse(Path file);

    /** Returns the value of a variable; empty if it is unset. */
    default String variable(String name) {
        return environment().getOrDefault(name, "");
    }

    /** Returns the path on this machine for an absolute path. */
    default Path path(String absolute) {
        return root().resolve(absolute.substring(1));
    }

    /** Returns the machine that this process runs on. */
    static Host current() {
        return new Host() {
            @Override
            public Map<String, String> environment() {
                return System.getenv();
            }

            @Override
            public Path root() {
                return Path.of("/");
            }

            @Override
            public boolean mayUse(Path file) {
                return Files.isReadable(file) && Files.isWritable(file);
            }
        };
    }
}

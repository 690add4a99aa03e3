package org.ascend4j;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The folder in which this user's programs keep files that can be created or downloaded again.
 *
 * <p><b>Not public API</b>: the modules of this project share it.
 *
 * @since 0.1.0
 */
public final class CacheFolder {
    private CacheFolder() {}

    /**
     * Returns {@code XDG_CACHE_HOME}, else {@code .cache} in the user's folder, else a folder of this user among the temporary files. The folder may not exist
     * yet.
     *
     * @throws Ascend4jException if that temporary folder belongs to another user, because its content could not be trusted
     */
    public static Path ofUser() {
        return ofUser(System.getenv());
    }

    /** Returns {@link #ofUser()} for a process with this environment. */
    public static Path ofUser(Map<String, String> environment) {
        return named(environment.get("XDG_CACHE_HOME"))
                .or(() -> home(environment).map(folder -> folder.resolve(".cache")))
                .orElseGet(CacheFolder::temporary);
    }

    /** Returns the user's home folder if it exists and is writable: a user without an entry in /etc/passwd has none, or {@code /}. */
    public static Optional<Path> home(Map<String, String> environment) {
        return Stream.of(environment.get("HOME"), System.getProperty("user.home"))
                .flatMap(name -> named(name).stream())
                .filter(Files::isWritable)
                .findFirst();
    }

    private static Optional<Path> named(String name) {
        return Optional.ofNullable(name)
                .filter(text -> !text.isBlank())
                .map(Path::of)
                .filter(Path::isAbsolute);
    }

    private static Path temporary() {
        Path parent = Path.of(System.getProperty("java.io.tmpdir"));
        try {
            Object user = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
            Path folder = parent.resolve("ascend4j-cache-" + user);
            if (Files.exists(folder) && !Files.getAttribute(folder, "unix:uid").equals(user)) {
                throw new Ascend4jException("cache folder " + folder
                        + " expects to belong to this user, found another owner; set XDG_CACHE_HOME");
            }
            return folder;
        } catch (IOException | UnsupportedOperationException e) {
            return parent.resolve("ascend4j-cache-" + System.getProperty("user.name"));
        }
    }
}

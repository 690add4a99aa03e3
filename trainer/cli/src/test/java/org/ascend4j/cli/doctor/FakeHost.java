package org.ascend4j.cli.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** A machine simulated by a folder and a few variables. */
final class FakeHost implements Host {
    private final Path root;
    private final Map<String, String> environment = new HashMap<>();
    private final Set<Path> forbidden = new HashSet<>();

    FakeHost(Path root) {
        this.root = root;
    }

    FakeHost set(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** Makes an empty file. */
    FakeHost file(String absolute) throws IOException {
        return file(absolute, "");
    }

    FakeHost file(String absolute, String content) throws IOException {
        Files.createDirectories(path(absolute).getParent());
        Files.writeString(path(absolute), content);
        return this;
    }

    /** Makes a file that this user cannot open. */
    FakeHost forbiddenFile(String absolute) throws IOException {
        forbidden.add(path(absolute));
        return file(absolute);
    }

    @Override
    public Map<String, String> environment() {
        return environment;
    }

    @Override
    public Path root() {
        return root;
    }

    @Override
    public boolean mayUse(Path file) {
        return !forbidden.contains(file);
    }
}

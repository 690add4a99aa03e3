package org.ascend4j.trainer.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ascend4j.Ascend4jException;
import org.ascend4j.Printable;

/** The links in an archive: under which other paths its files can be found, too. */
final class ArchiveLinks {
    /** As many as Linux follows. */
    private static final int MOST_FOLLOWED = 40;

    /** Names that links may add; a chain of links to two links each doubles them with every link. */
    private static final int MOST_NAMES = 100_000;

    /** Of a single file, by links that lead to links: such a chain is a trap long before. */
    private static final int MOST_NAMES_OF_ONE = 10_000;

    private static final int MOST_NAME_LENGTH = 4096;

    private final Path archive;
    private final Map<String, List<String>> linksByTarget = new HashMap<>();
    private int links;
    private int names;

    ArchiveLinks(Path archive) {
        this.archive = archive;
    }

    /** Adds a link whose target is told from its own folder. */
    void addSymbolic(String link, String target) {
        add(link, target, Path.of(link).resolveSibling(target));
    }

    /** Adds a link whose target is told from the archive's root. */
    void addHard(String link, String target) {
        add(link, target, Path.of(target));
    }

    private void add(String link, String target, Path resolved) {
        Path path = resolved.normalize();
        if (path.isAbsolute() || path.startsWith("..")) {
            throw new Ascend4jException("expected links inside the archive " + archive + ", found '"
                    + Printable.path(link) + "' to '" + Printable.path(target) + "', which leaves it");
        }
        if (++links > MOST_NAMES) {
            throw tooMany();
        }
        linksByTarget.computeIfAbsent(path.toString(), key -> new ArrayList<>()).add(link);
    }

    boolean isEmpty() {
        return linksByTarget.isEmpty();
    }

    /** Returns the paths that lead to a file by links to it, to folders around it, and to such links. */
    Set<String> namesOf(String path) {
        Set<String> found = new LinkedHashSet<>();
        follow(path, 1, found);
        return found;
    }

    private void follow(String path, int followed, Set<String> found) {
        String absolute = "/" + path;
        for (int end = absolute.length(); end >= 0; end = absolute.lastIndexOf('/', end - 1)) {
            String target = absolute.substring(Math.min(1, end), end);
            for (String link : linksByTarget.getOrDefault(target, List.of())) {
                if (followed > MOST_FOLLOWED) {
                    throw new Ascend4jException("expected links that come to an end in " + archive + ", found '"
                            + Printable.path(link) + "' in a circle");
                }
                String name = link + absolute.substring(end);
                if (++names > MOST_NAMES || name.length() > MOST_NAME_LENGTH) {
                    throw tooMany();
                }
                if (followed > 1 && found.size() >= MOST_NAMES_OF_ONE) {
                    throw new Ascend4jException("expected at most " + MOST_NAMES_OF_ONE
                            + " names of one file by links in " + archive + ", found more; unpack it");
                }
                found.add(name);
                follow(name, followed + 1, found);
            }
        }
    }

    private Ascend4jException tooMany() {
        return new Ascend4jException(
                "expected links to at most " + MOST_NAMES + " files in " + archive + ", found more; unpack it");
    }
}

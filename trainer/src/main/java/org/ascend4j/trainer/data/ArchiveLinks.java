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

/** The links in an archive: the additional paths under which its files appear. */
final class ArchiveLinks {
    /** Maximum number of links followed in one path: the limit of Linux. */
    private static final int MOST_FOLLOWED = 40;

    /** Maximum number of names that links may add. A chain of links in which each is the target of two others doubles the names at every link. */
    private static final int MOST_NAMES = 100_000;

    /** Maximum number of names of a single file. A chain of links to links exceeds it long before it is useful. */
    private static final int MOST_NAMES_OF_ONE = 10_000;

    private static final int MOST_NAME_LENGTH = 4096;

    private final Path archive;
    private final Map<String, List<String>> linksByTarget = new HashMap<>();
    private int links;
    private int names;

    ArchiveLinks(Path archive) {
        this.archive = archive;
    }

    /** Adds a link whose target is relative to the link's folder. */
    void addSymbolic(String link, String target) {
        add(link, target, Path.of(link).resolveSibling(target));
    }

    /** Adds a link whose target is relative to the archive's root. */
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

    /** Returns the paths that lead to a file through links to it, to its parent folders, and to such links. */
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

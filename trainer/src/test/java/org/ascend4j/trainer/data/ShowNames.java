package org.ascend4j.trainer.data;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.ascend4j.Ascend4jException;

/** Prints the number of names in a folder or archive, or why it is rejected. */
final class ShowNames {
    private ShowNames() {}

    public static void main(String[] arguments) {
        Set<String> names = new HashSet<>();
        try {
            FileTree.open(Path.of(arguments[0])).visit(path -> true, (path, bytes, content) -> names.add(path));
            System.out.print(names.size() + " names");
        } catch (Ascend4jException e) {
            System.out.print(e.getMessage());
        }
    }
}

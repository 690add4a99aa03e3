package org.ascend4j.trainer.data;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.ascend4j.Ascend4jException;
import org.ascend4j.Printable;

/**
 * A folder or archive whose layout is recognised by its content.
 *
 * @param name the name or path that the user gave
 * @param files opens the folder or archive and downloads it if necessary
 * @param formats makes new readers of the possible layouts
 */
record FileTreeSource(String name, Function<ProgressSink, FileTree> files, Supplier<List<DataFormat>> formats)
        implements DataSource {
    @Override
    public DataSplits load(ProgressSink progress) {
        FileTree tree = files.apply(progress);
        List<DataFormat> candidates = formats.get();
        DataFormat[] found = new DataFormat[1];
        AtomicInteger read = new AtomicInteger();
        tree.visit(path -> recognise(candidates, path) != null, (path, bytes, content) -> {
            DataFormat format = recognise(candidates, path);
            if (found[0] != null && found[0] != format) {
                throw new Ascend4jException("expected one data set in " + tree.location() + ", found two: "
                        + found[0].description() + ", and " + Printable.path(path) + "; name the folder of one");
            }
            found[0] = format;
            format.read(tree.location() + ":" + Printable.path(path), path, bytes, content);
            progress.progress("reading " + name, read.incrementAndGet(), -1);
        });
        if (found[0] == null) {
            throw new Ascend4jException("expected a data set in " + tree.location() + ", found none of: "
                    + candidates.stream().map(DataFormat::description).collect(Collectors.joining("; ")));
        }
        progress.progress("reading " + name, read.get(), read.get());
        return found[0].finish(tree.location().toString());
    }

    private static DataFormat recognise(List<DataFormat> candidates, String path) {
        for (DataFormat candidate : candidates) {
            if (candidate.recognises(path)) {
                return candidate;
            }
        }
        return null;
    }
}

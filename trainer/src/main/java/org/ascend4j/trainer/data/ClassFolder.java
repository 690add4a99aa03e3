package org.ascend4j.trainer.data;

import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import org.ascend4j.Ascend4jException;

/** A folder with one folder of images for each class, read whole. */
final class ClassFolder {
    private ClassFolder() {}

    /**
     * Reads all images.
     *
     * @param alike a set with the classes and the size that the images shall have
     */
    static ImageSet read(Path folder, ImageSet alike, DataSettings settings, ProgressSink progress) {
        // Fitted as the others were, where those may have been.
        OptionalInt side = alike.height() == alike.width() ? OptionalInt.of(alike.height()) : OptionalInt.empty();
        ImageFolderFormat format = new ImageFolderFormat(settings.withoutOriginals(side));
        String task = "reading " + folder;
        AtomicInteger read = new AtomicInteger();
        FileTree.open(folder).visit(format::recognises, (path, bytes, content) -> {
            format.read(folder + ":" + path, path, bytes, content);
            progress.progress(task, read.incrementAndGet(), -1);
        });
        if (read.get() == 0) {
            throw new Ascend4jException("expected a folder of images for each class in " + folder + ", found no image");
        }
        progress.progress(task, read.get(), read.get());
        return format.whole(folder.toString(), alike.classNames());
    }
}

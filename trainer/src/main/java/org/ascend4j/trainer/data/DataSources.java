package org.ascend4j.trainer.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.ascend4j.Ascend4jException;

/** The data sets that {@code --data} can name. */
public final class DataSources {
    private static final String EXPECTED = "cifar10, fashion-mnist[:FOLDER], mnist[:FOLDER], folder:FOLDER, "
            + "shapes[:TRAIN,TEST], or a folder or .tar.gz with a data set";

    private DataSources() {}

    /**
     * Finds a data set by its name or path; nothing is read yet.
     *
     * @throws Ascend4jException if {@code spec} is neither a known name nor a path that exists
     */
    public static DataSource parse(String spec, DataSettings settings) {
        int colon = spec.indexOf(':');
        String name = colon < 0 ? spec : spec.substring(0, colon);
        String argument = colon < 0 ? "" : spec.substring(colon + 1);
        return switch (name) {
            case "shapes" -> ShapesSource.parse(argument, settings.seed());
            case "folder" -> files(spec, Path.of(argument), () -> List.of(folderFormat(settings)));
            default -> path(spec, settings);
        };
    }

    private static DataSource path(String spec, DataSettings settings) {
        Path path = Path.of(spec);
        if (!Files.exists(path)) {
            throw new Ascend4jException("data expects " + EXPECTED + ", found '" + spec + "'");
        }
        return files(spec, path, () -> List.of(new CifarBinaryFormat(), folderFormat(settings)));
    }

    private static DataSource files(String name, Path path, Supplier<List<DataFormat>> formats) {
        return new FileTreeSource(name, progress -> FileTree.open(path), formats);
    }

    private static DataFormat folderFormat(DataSettings settings) {
        return new ImageFolderFormat(settings.resize(), settings.seed());
    }
}

package org.ascend4j.trainer.data;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.ascend4j.Ascend4jException;
import org.ascend4j.Nearest;

/**
 * The data sets that {@code --data} accepts.
 *
 * @since 0.1.0
 */
public final class DataSources {
    private static final List<String> NAMES =
            List.of("cifar10", "fashion-mnist", "mnist", "emnist", "folder", "shapes");
    private static final String EXPECTED =
            "cifar10, fashion-mnist[:FOLDER], mnist[:FOLDER], emnist:FOLDER, folder:FOLDER, "
                    + "shapes[:TRAIN,TEST], or a folder or .tar.gz with a data set";

    private DataSources() {}

    /**
     * Finds a data set by its name or path, without reading it.
     *
     * @throws Ascend4jException if {@code spec} is neither a known name nor an existing path
     */
    public static DataSource parse(String spec, DataSettings settings) {
        DataSource source = named(spec, settings);
        DataSource sized = settings.resize().isPresent()
                ? new ShrinkingSource(source, settings.resize().getAsInt())
                : source;
        return settings.validation().kind() == Validation.Kind.NONE ? sized : new ValidatingSource(sized, settings);
    }

    private static DataSource named(String spec, DataSettings settings) {
        int colon = spec.indexOf(':');
        String name = colon < 0 ? spec : spec.substring(0, colon);
        String argument = colon < 0 ? "" : spec.substring(colon + 1);
        return switch (name) {
            case "shapes" -> ShapesSource.parse(argument, settings.seed());
            case "folder" -> files(spec, existing(argument), () -> List.of(folderFormat(settings)));
            case "fashion-mnist" -> idx(spec, argument, IdxFormat.CLOTHES, PublishedFiles::fashionMnist, settings);
            case "emnist" -> files(spec, existing(argument), () -> List.of(new IdxFormat()));
            case "mnist" -> idx(spec, argument, IdxFormat.DIGITS, PublishedFiles::mnist, settings);
            default -> spec.equals("cifar10") ? cifar10(settings) : detected(spec, settings);
        };
    }

    private static DataSource cifar10(DataSettings settings) {
        return new FileTreeSource(
                "cifar10",
                progress -> PublishedFiles.cifar10(settings, progress),
                () -> List.of(new CifarBinaryFormat(), new CifarPythonFormat()));
    }

    private static DataSource idx(
            String spec,
            String folder,
            List<String> classNames,
            BiFunction<DataSettings, ProgressSink, FileTree> published,
            DataSettings settings) {
        Supplier<List<DataFormat>> formats = () -> List.of(new IdxFormat(classNames));
        return folder.isEmpty()
                ? new FileTreeSource(spec, progress -> published.apply(settings, progress), formats)
                : files(spec, existing(folder), formats);
    }

    private static DataSource detected(String spec, DataSettings settings) {
        return files(
                spec,
                existing(spec),
                () -> List.of(
                        new CifarBinaryFormat(),
                        new CifarPythonFormat(),
                        new Cifar100BinaryFormat(settings.coarseLabels()),
                        new IdxFormat(),
                        folderFormat(settings)));
    }

    private static Path existing(String text) {
        try {
            Path path = Path.of(text);
            if (!text.isBlank() && Files.exists(path)) {
                return path;
            }
        } catch (InvalidPathException e) {
            throw new Ascend4jException("data expects " + EXPECTED + ", found '" + text + "'", e);
        }
        throw new Ascend4jException("data expects " + EXPECTED + ", found '" + text + "', which does not exist"
                + Nearest.hint(text, NAMES));
    }

    private static DataSource files(String name, Path path, Supplier<List<DataFormat>> formats) {
        return new FileTreeSource(name, progress -> FileTree.open(path), formats);
    }

    private static DataFormat folderFormat(DataSettings settings) {
        return new ImageFolderFormat(settings);
    }
}

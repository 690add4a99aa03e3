package org.ascend4j.cli.predict;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.ascend4j.Ascend4jException;
import org.ascend4j.FileErrors;
import org.ascend4j.trainer.data.ImageFile;
import org.ascend4j.trainer.train.ImagePredictor;

/** Images named on the command line: files, folders with all image files below them, and {@code -} for standard input. */
public final class ImageArguments {
    private static final String STANDARD_INPUT = "-";
    private static final Set<String> SUFFIXES = Arrays.stream(ImageIO.getReaderFileSuffixes())
            .map(suffix -> suffix.toLowerCase(Locale.ROOT))
            .filter(suffix -> !suffix.isEmpty())
            .collect(Collectors.toCollection(TreeSet::new));

    private final InputStream input;

    /** Reads the image for {@code -} from {@code input}. */
    public ImageArguments(InputStream input) {
        this.input = input;
    }

    /**
     * Returns the names of all images, those of a folder in the order of their paths.
     *
     * @throws Ascend4jException if a folder contains no image or cannot be listed
     */
    public List<String> names(List<String> arguments) {
        return arguments.stream().flatMap(ImageArguments::names).toList();
    }

    private static Stream<String> names(String argument) {
        if (argument.equals(STANDARD_INPUT) || !Files.isDirectory(Path.of(argument))) {
            return Stream.of(argument);
        }
        try (Stream<Path> files = Files.walk(Path.of(argument))) {
            List<String> images = files.filter(ImageArguments::isImage)
                    .map(Path::toString)
                    .sorted()
                    .toList();
            if (images.isEmpty()) {
                throw new Ascend4jException(
                        "folder " + argument + " expects images (" + String.join(", ", SUFFIXES) + "), found none");
            }
            return images.stream();
        } catch (IOException | UncheckedIOException e) {
            IOException cause = e instanceof UncheckedIOException wrapped ? wrapped.getCause() : (IOException) e;
            throw new Ascend4jException("folder " + argument + " cannot be read: " + FileErrors.reason(cause), e);
        }
    }

    private static boolean isImage(Path file) {
        String name = file.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return dot >= 0
                && SUFFIXES.contains(name.substring(dot + 1).toLowerCase(Locale.ROOT))
                && Files.isRegularFile(file);
    }

    /** Reads an image and resizes it to a model's input size: C x H x W unsigned bytes. */
    public byte[] read(String name, ImagePredictor model) {
        if (!name.equals(STANDARD_INPUT)) {
            return ImageFile.read(Path.of(name), model.channels(), model.height(), model.width());
        }
        try {
            return ImageFile.decode(
                    "standard input", input.readAllBytes(), model.channels(), model.height(), model.width());
        } catch (IOException e) {
            throw new Ascend4jException("standard input cannot be read: " + FileErrors.reason(e), e);
        }
    }
}

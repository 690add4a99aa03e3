package org.ascend4j.trainer.data;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import org.ascend4j.Ascend4jException;
import org.ascend4j.CacheFolder;

/**
 * Settings for loading a data set, besides its name.
 *
 * @param directory the folder for downloads
 * @param url the download address that replaces the official one
 * @param resize the side length to resize images to; empty to keep their size
 * @param seed seed of splits and generated images
 * @param coarseLabels whether CIFAR-100 uses its 20 coarse classes instead of its 100 fine ones
 * @param skipBroken whether image files that cannot be decoded are skipped and counted; if false, they cause an exception
 * @param originals whether the original image files are kept in memory as well, for random crops of whole photographs
 * @param validation where validation images come from
 * @since 0.1.0
 */
public record DataSettings(
        Path directory,
        Optional<String> url,
        OptionalInt resize,
        long seed,
        boolean coarseLabels,
        boolean skipBroken,
        boolean originals,
        Validation validation) {
    /** Checks the side length. */
    public DataSettings {
        if (resize.isPresent() && (resize.getAsInt() < 1 || resize.getAsInt() > 4096)) {
            throw new Ascend4jException("resize expects 1 to 4096 pixels, found " + resize.getAsInt());
        }
    }

    /** Makes settings without validation images. */
    public DataSettings(
            Path directory,
            Optional<String> url,
            OptionalInt resize,
            long seed,
            boolean coarseLabels,
            boolean skipBroken,
            boolean originals) {
        this(directory, url, resize, seed, coarseLabels, skipBroken, originals, Validation.NONE);
    }

    /** Makes settings with fine labels, without skipping broken images and without keeping originals. */
    public DataSettings(Path directory, Optional<String> url, OptionalInt resize, long seed) {
        this(directory, url, resize, seed, false, false, false);
    }

    /** Returns these without originals and validation images, and with another side length. */
    DataSettings withoutOriginals(OptionalInt side) {
        return new DataSettings(directory, url, side, seed, coarseLabels, skipBroken, false);
    }

    /** Returns these with validation images. */
    public DataSettings withValidation(Validation wanted) {
        return new DataSettings(directory, url, resize, seed, coarseLabels, skipBroken, originals, wanted);
    }

    /** Returns settings with the default folder, the official addresses, no resizing and seed 0. */
    public static DataSettings defaults() {
        return new DataSettings(defaultDirectory(), Optional.empty(), OptionalInt.empty(), 0);
    }

    /** Returns the folder for downloads: the variable ASCEND4J_DATA, or {@code ascend4j/data} in the {@link CacheFolder}. */
    public static Path defaultDirectory() {
        String set = System.getenv("ASCEND4J_DATA");
        return set != null && !set.isBlank()
                ? Path.of(set)
                : CacheFolder.ofUser().resolve("ascend4j/data");
    }
}

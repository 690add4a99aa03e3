package org.ascend4j.trainer.data;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import org.ascend4j.Ascend4jException;
import org.ascend4j.CacheFolder;

/**
 * What loading needs to know besides the data set's name.
 *
 * @param directory where downloads are kept
 * @param url where to download from instead of the official place
 * @param resize the side length of images, if they are to be resized
 * @param seed of splits and generated images
 * @param coarseLabels whether CIFAR-100 has its 20 coarse classes in place of its 100 fine ones
 * @param skipBroken whether image files that cannot be decoded are left out and counted in place of being refused
 * @param originals whether image files are kept besides the images made of them, for random crops of whole photographs
 */
public record DataSettings(
        Path directory,
        Optional<String> url,
        OptionalInt resize,
        long seed,
        boolean coarseLabels,
        boolean skipBroken,
        boolean originals) {
    /** Checks the side length. */
    public DataSettings {
        if (resize.isPresent() && (resize.getAsInt() < 1 || resize.getAsInt() > 4096)) {
            throw new Ascend4jException("resize expects 1 to 4096 pixels, found " + resize.getAsInt());
        }
    }

    /** Makes settings with fine labels that refuse broken images and keep no originals. */
    public DataSettings(Path directory, Optional<String> url, OptionalInt resize, long seed) {
        this(directory, url, resize, seed, false, false, false);
    }

    /** Returns settings with the default directory, the official places, no resizing and seed 0. */
    public static DataSettings defaults() {
        return new DataSettings(defaultDirectory(), Optional.empty(), OptionalInt.empty(), 0);
    }

    /** Returns the folder of downloads: ASCEND4J_DATA, else {@code ascend4j/data} in the {@link CacheFolder}. */
    public static Path defaultDirectory() {
        String set = System.getenv("ASCEND4J_DATA");
        return set != null && !set.isBlank()
                ? Path.of(set)
                : CacheFolder.ofUser().resolve("ascend4j/data");
    }
}

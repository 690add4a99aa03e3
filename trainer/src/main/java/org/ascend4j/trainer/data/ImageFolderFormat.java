package org.ascend4j.trainer.data;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.ascend4j.Ascend4jException;
import org.ascend4j.FileErrors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder of images for each class, as torchvision's {@code ImageFolder} reads it, with or without {@code train} and
 * {@code test} folders above the classes.
 *
 * <p>Images are decoded on the common pool while the next ones are read. They become RGB images of one size, see
 * {@link FolderImages}.
 */
final class ImageFolderFormat implements DataFormat {
    private static final Logger LOG = LoggerFactory.getLogger(ImageFolderFormat.class);
    private static final Set<String> EXTENSIONS =
            Set.of("jpg", "jpeg", "png", "gif", "bmp", "tif", "tiff", "wbmp", "webp", "ppm", "pgm");
    private static final int MOST_FILE_BYTES = 256 << 20;
    private static final int MOST_WAITING = 4 * Runtime.getRuntime().availableProcessors();

    private record Pending(String path, String file, byte[] encoded, CompletableFuture<FittedImage> image) {}

    private final OptionalInt resize;
    private final long seed;
    private final boolean skipBroken;
    private final boolean validated;
    private final EncodedImages originals;
    private final Queue<Pending> waiting = new ArrayDeque<>();
    private final List<String> paths = new ArrayList<>();
    private final FolderImages images;
    private int skipped;

    /** Reads images for {@code settings}. */
    ImageFolderFormat(DataSettings settings) {
        resize = settings.resize();
        seed = settings.seed();
        skipBroken = settings.skipBroken();
        validated = settings.validation().kind() == Validation.Kind.SPLIT;
        originals = settings.originals() ? new EncodedImages() : null;
        images = new FolderImages(resize);
    }

    @Override
    public String description() {
        return "image folder (CLASS/*.jpg or train/CLASS/*.jpg and test/CLASS/*.jpg; also png, gif, bmp, tiff, webp,"
                + " ppm, pgm, wbmp)";
    }

    @Override
    public boolean recognises(String path) {
        String name = DataFormat.fileName(path);
        String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return path.indexOf('/') > 0
                && EXTENSIONS.contains(extension)
                && Arrays.stream(path.split("/")).noneMatch(part -> part.startsWith("."));
    }

    @Override
    public void read(String file, String path, long bytes, InputStream content) throws IOException {
        if (bytes > MOST_FILE_BYTES) {
            throw new Ascend4jException(file + " expects at most " + MOST_FILE_BYTES + " bytes, found " + bytes);
        }
        byte[] encoded = whole(file, bytes, content);
        waiting.add(new Pending(path, file, encoded, CompletableFuture.supplyAsync(() -> decode(file, encoded))));
        if (waiting.size() > MOST_WAITING) {
            take();
        }
    }

    private static byte[] whole(String file, long bytes, InputStream content) throws IOException {
        try {
            return content.readNBytes((int) bytes);
        } catch (OutOfMemoryError e) {
            throw FileErrors.tooLarge(file, e);
        }
    }

    /** Decodes an image on another thread, and fits it there if a size was requested. */
    private FittedImage decode(String file, byte[] encoded) {
        RgbImage image = ImageDecoder.decode(file, encoded);
        return new FittedImage(
                resize.isPresent() ? ImageFit.square(image, resize.getAsInt()) : image, image.height(), image.width());
    }

    /** Stores the oldest image that was read. */
    private void take() {
        Pending next = waiting.remove();
        try {
            images.add(next.image.join());
            paths.add(next.path);
            if (originals != null) {
                originals.add(next.file, next.encoded);
            }
        } catch (CompletionException e) {
            if (!(e.getCause() instanceof Ascend4jException problem)) {
                throw e;
            }
            if (!skipBroken) {
                throw problem;
            }
            skipped++;
            LOG.debug("{}", problem.getMessage());
        }
    }

    @Override
    public DataSplits finish(String location) {
        takeAll(location);
        FolderSplit split = FolderSplit.of(location, paths, seed, validated);
        return new DataSplits(
                images.set(split, split.train(), originals),
                images.set(split, split.test(), null),
                split.validation().isEmpty() ? null : images.set(split, split.validation(), null),
                images.fit());
    }

    /** Returns all images that were shown as one set, in place of {@link #finish}. */
    ImageSet whole(String location, List<String> classNames) {
        takeAll(location);
        FolderSplit split = FolderSplit.whole(location, paths, classNames);
        return images.set(split, split.validation(), null);
    }

    private void takeAll(String location) {
        while (!waiting.isEmpty()) {
            take();
        }
        if (skipped > 0) {
            LOG.warn("{} of {} images in {} are broken and were skipped.", skipped, skipped + paths.size(), location);
        }
        if (paths.isEmpty()) {
            throw new Ascend4jException("expected whole images in " + location + ", found only broken ones");
        }
    }
}

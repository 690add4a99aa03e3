package org.ascend4j.trainer.data;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.ascend4j.Ascend4jException;

/**
 * A folder of images for each class, as torchvision's {@code ImageFolder} reads it, with or without {@code train} and {@code test} folders above the classes.
 *
 * <p>Images are decoded on the common pool while the next ones are read. They become RGB of one size: the one asked for, else their own if all are alike, else
 * {@value #DEFAULT_SIDE} x {@value #DEFAULT_SIDE}.
 */
final class ImageFolderFormat implements DataFormat {
    static final int DEFAULT_SIDE = 32;

    private static final Set<String> EXTENSIONS =
            Set.of("jpg", "jpeg", "png", "gif", "bmp", "tif", "tiff", "wbmp", "webp", "ppm", "pgm");
    private static final int MOST_FILE_BYTES = 256 << 20;
    /** What an array may hold on every virtual machine. */
    private static final long MOST_BYTES = Integer.MAX_VALUE - 8;

    private final OptionalInt resize;
    private final long seed;
    private final long mostBytes;
    private final Semaphore waiting = new Semaphore(16 * Runtime.getRuntime().availableProcessors());
    private final AtomicReference<RgbImage> first = new AtomicReference<>();
    private final AtomicLong decodedBytes = new AtomicLong();
    private final List<String> paths = new ArrayList<>();
    private final List<CompletableFuture<RgbImage>> images = new ArrayList<>();
    private volatile boolean mixedSizes;

    ImageFolderFormat(OptionalInt resize, long seed) {
        this(resize, seed, MOST_BYTES);
    }

    /** Takes fewer bytes of decoded images, for tests. */
    ImageFolderFormat(OptionalInt resize, long seed, long mostBytes) {
        this.resize = resize;
        this.seed = seed;
        this.mostBytes = mostBytes;
    }

    @Override
    public String description() {
        return "image folder (CLASS/*.jpg or train/CLASS/*.jpg and test/CLASS/*.jpg; also png, gif, bmp, tiff, webp, ppm, pgm, wbmp)";
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
        checkSum(file, decodedBytes.get());
        byte[] encoded = content.readNBytes((int) bytes);
        waiting.acquireUninterruptibly();
        paths.add(path);
        images.add(CompletableFuture.supplyAsync(() -> decode(file, encoded))
                .whenComplete((image, problem) -> waiting.release()));
    }

    private RgbImage decode(String file, byte[] encoded) {
        RgbImage image = ImageDecoder.decode(file, encoded);
        if (resize.isPresent()) {
            image = BilinearResize.resize(image, resize.getAsInt());
        } else if (!first.compareAndSet(null, image) && !image.sameSize(first.get())) {
            mixedSizes = true;
        }
        if (mixedSizes) {
            image = BilinearResize.resize(image, DEFAULT_SIDE);
        }
        // Also here: with many processors a whole folder may be read before its first images are decoded.
        checkSum(file, decodedBytes.addAndGet(image.planes().length));
        return image;
    }

    private void checkSum(String file, long bytes) {
        if (bytes > mostBytes) {
            throw new Ascend4jException("the images up to " + file + " expect to fit into " + mostBytes
                    + " bytes, found more; set --resize to a smaller side");
        }
    }

    @Override
    public DataSplits finish(String location) {
        // Only when all are decoded is it known whether their sizes differ.
        for (int i = 0; i < images.size(); i++) {
            decoded(i);
        }
        FolderSplit split = FolderSplit.of(location, paths, seed);
        return new DataSplits(collect(split.train(), split), collect(split.test(), split));
    }

    private ImageSet collect(List<FolderSplit.Sample> samples, FolderSplit split) {
        RgbImage model = image(samples.get(0).index());
        int bytes = model.planes().length;
        byte[] pixels = new byte[Math.multiplyExact(bytes, samples.size())];
        int[] labels = new int[samples.size()];
        for (int i = 0; i < labels.length; i++) {
            System.arraycopy(image(samples.get(i).index()).planes(), 0, pixels, i * bytes, bytes);
            labels[i] = split.classNames().indexOf(samples.get(i).className());
            images.set(samples.get(i).index(), null);
        }
        return new ImageSet(RgbImage.CHANNELS, model.height(), model.width(), pixels, labels, split.classNames());
    }

    private RgbImage image(int index) {
        return mixedSizes ? BilinearResize.resize(decoded(index), DEFAULT_SIDE) : decoded(index);
    }

    private RgbImage decoded(int index) {
        try {
            return images.get(index).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof Ascend4jException problem ? problem : e;
        }
    }
}

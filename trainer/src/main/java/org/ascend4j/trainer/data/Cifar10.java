package org.ascend4j.trainer.data;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.ascend4j.Ascend4jException;
import org.ascend4j.Printable;

/**
 * Assembles CIFAR-10 from its six batches.
 *
 * @see <a href="https://www.cs.toronto.edu/~kriz/cifar.html">the format</a>
 */
final class Cifar10 {
    static final List<String> CLASS_NAMES =
            List.of("airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck");
    static final int SIDE = 32;
    static final int CHANNELS = 3;
    static final int IMAGE_BYTES = CHANNELS * SIDE * SIDE;
    static final int TRAIN_BATCHES = 5;
    static final int BATCH_IMAGES = 10_000;
    private static final String TEST = "test_batch";

    private final int batchImages;
    private final PixelStore pixels = new PixelStore(IMAGE_BYTES);
    private final int[] trainLabels;
    private final int[] testLabels;
    private final Map<String, String> read = new TreeMap<>();
    private List<String> classNames = CLASS_NAMES;

    /** Reserves memory for batches of {@code batchImages} images: 10,000 except in tests. */
    Cifar10(int batchImages) {
        this.batchImages = batchImages;
        // The test images follow the training images.
        pixels.reserve((TRAIN_BATCHES + 1) * batchImages);
        trainLabels = new int[TRAIN_BATCHES * batchImages];
        testLabels = new int[batchImages];
    }

    /** Returns the number of images of a batch. */
    int batchImages() {
        return batchImages;
    }

    /** Sets the class names from the meta file. */
    void nameClasses(String file, List<String> names) {
        if (names.size() != CLASS_NAMES.size()) {
            throw new Ascend4jException(
                    file + " expects 10 class names, found " + names.size() + ": [" + Printable.listOf(names) + "]");
        }
        classNames = names;
    }

    /** Records that a batch is about to be read; throws if it was already read. */
    void begin(String file, String batch) {
        String before = read.putIfAbsent(batch, file);
        if (before != null) {
            throw new Ascend4jException("expected each batch of CIFAR-10 once, found " + before + " and " + file);
        }
    }

    /** Stores one image: its 3 x 32 x 32 values start at {@code from} in {@code values}. */
    void put(String file, String batch, int index, long label, byte[] values, int from) {
        if (label < 0 || label >= CLASS_NAMES.size()) {
            throw new Ascend4jException(file + " expects labels 0 to 9, found " + label + " for image " + index);
        }
        boolean test = batch.equals(TEST);
        int at = test ? index : (batch.charAt(batch.length() - 1) - '1') * batchImages + index;
        pixels.put(test ? TRAIN_BATCHES * batchImages + index : at, values, from);
        (test ? testLabels : trainLabels)[at] = (int) label;
    }

    DataSplits finish(String location, String suffix) {
        for (String batch :
                Arrays.asList("data_batch_1", "data_batch_2", "data_batch_3", "data_batch_4", "data_batch_5", TEST)) {
            if (!read.containsKey(batch)) {
                throw new Ascend4jException("expected the file " + batch + suffix + " of CIFAR-10 in " + location
                        + ", found only " + read.keySet());
            }
        }
        return new DataSplits(set(0, trainLabels), set(trainLabels.length, testLabels));
    }

    private ImageSet set(int first, int[] labels) {
        int[] places = IntStream.range(first, first + labels.length).toArray();
        return new ImageSet(CHANNELS, SIDE, SIDE, pixels, places, labels, classNames);
    }
}

package org.ascend4j.trainer.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.ascend4j.Ascend4jException;

/**
 * CIFAR-100, binary version: records of a coarse and a fine label byte and 3,072 values, channel by channel, row by row.
 *
 * @see <a href="https://www.cs.toronto.edu/~kriz/cifar.html">the format</a>
 */
final class Cifar100BinaryFormat implements DataFormat {
    private static final int TRAIN_IMAGES = 50_000;
    private static final int TEST_IMAGES = 10_000;
    private static final int LABELS = 2;
    private static final int RECORD = LABELS + Cifar10.IMAGE_BYTES;
    private static final int MOST_NAME_BYTES = 8192;
    private static final String TRAIN = "train.bin";
    private static final String TEST = "test.bin";

    private final boolean coarse;
    private final int share;
    private final Map<String, ImageSet> sets = new HashMap<>();
    private List<String> classNames;

    Cifar100BinaryFormat(boolean coarse) {
        this(coarse, 1);
    }

    /** Expects 1/{@code share} of the published number of images, for tests. */
    Cifar100BinaryFormat(boolean coarse, int share) {
        this.coarse = coarse;
        this.share = share;
        classNames =
                IntStream.range(0, coarse ? 20 : 100).mapToObj(String::valueOf).toList();
    }

    @Override
    public String description() {
        return "CIFAR-100 binary (train.bin, test.bin, fine_label_names.txt, coarse_label_names.txt)";
    }

    @Override
    public boolean recognises(String path) {
        return Set.of(TRAIN, TEST, namesFile()).contains(DataFormat.fileName(path));
    }

    private String namesFile() {
        return coarse ? "coarse_label_names.txt" : "fine_label_names.txt";
    }

    @Override
    public void read(String file, String path, long bytes, InputStream content) throws IOException {
        String name = DataFormat.fileName(path);
        if (name.equals(namesFile())) {
            nameClasses(file, content);
            return;
        }
        if (sets.containsKey(name)) {
            throw new Ascend4jException("expected " + name + " of CIFAR-100 once, found " + file + ", too");
        }
        int images = (name.equals(TRAIN) ? TRAIN_IMAGES : TEST_IMAGES) / share;
        long expected = (long) images * RECORD;
        if (bytes != expected) {
            throw new Ascend4jException(
                    file + " expects " + expected + " bytes (" + images + " images of " + RECORD + "), found " + bytes);
        }
        PixelStore pixels = new PixelStore(Cifar10.IMAGE_BYTES).reserve(images);
        int[] labels = new int[images];
        byte[] record = new byte[RECORD];
        for (int i = 0; i < images; i++) {
            if (content.readNBytes(record, 0, RECORD) != RECORD) {
                throw new Ascend4jException(file + " expects " + expected + " bytes, found only " + i + " images");
            }
            labels[i] = record[coarse ? 0 : 1] & 0xff;
            pixels.put(i, record, LABELS);
        }
        int[] places = IntStream.range(0, images).toArray();
        sets.put(name, set(file, pixels, places, labels));
    }

    private ImageSet set(String file, PixelStore pixels, int[] places, int[] labels) {
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] >= classNames.size()) {
                throw new Ascend4jException(file + " expects labels 0 to " + (classNames.size() - 1) + ", found "
                        + labels[i] + " for image " + i);
            }
        }
        return new ImageSet(Cifar10.CHANNELS, Cifar10.SIDE, Cifar10.SIDE, pixels, places, labels, classNames);
    }

    private void nameClasses(String file, InputStream content) throws IOException {
        List<String> names = new String(content.readNBytes(MOST_NAME_BYTES), StandardCharsets.UTF_8)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
        if (names.size() != classNames.size()) {
            throw new Ascend4jException(file + " expects " + classNames.size() + " class names, found " + names.size());
        }
        classNames = names;
    }

    @Override
    public DataSplits finish(String location) {
        for (String name : List.of(TRAIN, TEST)) {
            if (!sets.containsKey(name)) {
                throw new Ascend4jException(
                        "expected the file " + name + " of CIFAR-100 in " + location + ", found none");
            }
        }
        return new DataSplits(
                sets.get(TRAIN).withClassNames(classNames), sets.get(TEST).withClassNames(classNames));
    }
}

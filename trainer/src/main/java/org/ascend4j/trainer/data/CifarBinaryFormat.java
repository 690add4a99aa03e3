package org.ascend4j.trainer.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.ascend4j.Ascend4jException;

/**
 * CIFAR-10, binary version: records of one label byte and 3,072 values, channel by channel, row by row.
 *
 * @see <a href="https://www.cs.toronto.edu/~kriz/cifar.html">the format</a>
 */
final class CifarBinaryFormat implements DataFormat {
    private static final Pattern BATCH = Pattern.compile("(data_batch_[1-5]|test_batch)\\.bin");
    private static final String META = "batches.meta.txt";
    private static final int RECORD = 1 + Cifar10.IMAGE_BYTES;
    private static final int MOST_META_BYTES = 4096;

    private final int batchImages;
    private Cifar10 set;

    CifarBinaryFormat() {
        this(Cifar10.BATCH_IMAGES);
    }

    /** Reads smaller batches, for tests. */
    CifarBinaryFormat(int batchImages) {
        this.batchImages = batchImages;
    }

    @Override
    public String description() {
        return "CIFAR-10 binary (data_batch_1.bin to data_batch_5.bin, test_batch.bin)";
    }

    @Override
    public boolean recognises(String path) {
        String name = DataFormat.fileName(path);
        return BATCH.matcher(name).matches() || name.equals(META);
    }

    @Override
    public void read(String file, String path, long bytes, InputStream content) throws IOException {
        if (set == null) {
            set = new Cifar10(batchImages);
        }
        String name = DataFormat.fileName(path);
        if (name.equals(META)) {
            set.nameClasses(file, lines(content));
            return;
        }
        String batch = name.substring(0, name.lastIndexOf('.'));
        set.begin(file, batch);
        long expected = (long) batchImages * RECORD;
        if (bytes != expected) {
            throw new Ascend4jException(file + " expects " + expected + " bytes (" + batchImages + " images of "
                    + RECORD + "), found " + bytes);
        }
        byte[] record = new byte[RECORD];
        for (int i = 0; i < batchImages; i++) {
            int count = content.readNBytes(record, 0, RECORD);
            if (count != RECORD) {
                throw new Ascend4jException(
                        file + " expects " + expected + " bytes, found only " + ((long) i * RECORD + count));
            }
            set.put(file, batch, i, record[0] & 0xff, record, 1);
        }
    }

    private static List<String> lines(InputStream content) throws IOException {
        return new String(content.readNBytes(MOST_META_BYTES), StandardCharsets.UTF_8)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
    }

    @Override
    public DataSplits finish(String location) {
        return set.finish(location, ".bin");
    }
}

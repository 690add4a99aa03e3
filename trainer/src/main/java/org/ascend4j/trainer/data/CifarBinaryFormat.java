package org.ascend4j.trainer.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.ascend4j.Ascend4jException;

/**
 * CIFAR-10, binary version: records of one label byte and 3,072 values, channel by channel, row by row.
 *
 * @see <a href="https://www.cs.toronto.edu/~kriz/cifar.html">the format</a>
 */
final class CifarBinaryFormat extends CifarFormat {
    private static final int RECORD = 1 + Cifar10.IMAGE_BYTES;
    private static final int MOST_META_BYTES = 4096;

    CifarBinaryFormat() {
        this(Cifar10.BATCH_IMAGES);
    }

    /** Reads smaller batches, for tests. */
    CifarBinaryFormat(int batchImages) {
        super(".bin", "batches.meta.txt", batchImages);
    }

    @Override
    public String description() {
        return "CIFAR-10 binary (data_batch_1.bin to data_batch_5.bin, test_batch.bin)";
    }

    @Override
    void readClassNames(Cifar10 set, String file, long bytes, InputStream content) throws IOException {
        set.nameClasses(file, lines(content));
    }

    @Override
    void readBatch(Cifar10 set, String file, String batch, long bytes, InputStream content) throws IOException {
        set.begin(file, batch);
        int images = set.batchImages();
        long expected = (long) images * RECORD;
        if (bytes != expected) {
            throw new Ascend4jException(
                    file + " expects " + expected + " bytes (" + images + " images of " + RECORD + "), found " + bytes);
        }
        byte[] record = new byte[RECORD];
        for (int i = 0; i < images; i++) {
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
}

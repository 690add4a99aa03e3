package org.ascend4j.trainer.tensorboard;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * Writes TensorFlow's records: length, its checksum, the data, their checksum.
 *
 * @see <a href="https://www.tensorflow.org/tutorials/load_data/tfrecord">TFRecords format details</a>
 */
final class RecordWriter implements AutoCloseable {
    private static final int MASK = 0xa282ead8;

    private final OutputStream out;

    RecordWriter(OutputStream out) {
        this.out = out;
    }

    void write(byte[] data) throws IOException {
        byte[] length = little(Long.BYTES).putLong(data.length).array();
        out.write(length);
        out.write(checksum(length));
        out.write(data);
        out.write(checksum(data));
    }

    /**
     * Returns TensorFlow's masked checksum. A plain checksum of data that contain checksums is weak, so TensorFlow
     * rotates the sum and adds a constant.
     */
    private static byte[] checksum(byte[] data) {
        CRC32C crc = new CRC32C();
        crc.update(data);
        return little(Integer.BYTES)
                .putInt(Integer.rotateRight((int) crc.getValue(), 15) + MASK)
                .array();
    }

    private static ByteBuffer little(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    void flush() throws IOException {
        out.flush();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}

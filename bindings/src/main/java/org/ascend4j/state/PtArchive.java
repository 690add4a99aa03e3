package org.ascend4j.state;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.bytedeco.pytorch.Tensor;

/** Writes torch's zip container: uncompressed records that start at multiples of 64 bytes. The same content gives the same bytes. */
final class PtArchive implements AutoCloseable {
    static final int ALIGNMENT = 64;

    private static final String FOLDER = "archive/";
    private static final int LOCAL_HEADER = 30;
    private static final int EXTRA_HEADER = 4;
    private static final short PADDING_ID = 0x4246;
    /** Two seconds after the earliest time that zip can represent; for the earliest one the JDK would add the host's time as an extra field. */
    private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0, 2);

    private final FileChannel channel;
    private final ZipOutputStream zip;
    private long namesHash;
    private long contentsHash;

    PtArchive(FileChannel channel) {
        this.channel = channel;
        OutputStream out = Channels.newOutputStream(channel);
        this.zip = new ZipOutputStream(new BufferedOutputStream(out, 1 << 16));
    }

    /** Adds a record of bytes. */
    void add(String name, byte[] bytes) throws IOException {
        CRC32 crc = new CRC32();
        crc.update(bytes);
        begin(name, bytes.length, crc);
        zip.write(bytes);
        zip.closeEntry();
    }

    /** Adds a record of text. */
    void add(String name, String text) throws IOException {
        add(name, text.getBytes(StandardCharsets.US_ASCII));
    }

    /** Adds a row-major host tensor's bytes as a record. */
    void add(String name, Tensor tensor) throws IOException {
        CRC32 crc = new CRC32();
        HostTensors.forEachChunk(tensor, (chunk, at) -> crc.update(chunk));
        begin(name, tensor.nbytes(), crc);
        byte[] buffer = new byte[1 << 16];
        HostTensors.forEachChunk(tensor, (chunk, at) -> {
            while (chunk.hasRemaining()) {
                int length = Math.min(buffer.length, chunk.remaining());
                chunk.get(buffer, 0, length);
                zip.write(buffer, 0, length);
            }
        });
        zip.closeEntry();
    }

    /** Returns forty digits that depend on all records so far, as torch's serialization_id. */
    String serializationId() {
        return String.format("%020d%020d", namesHash & Long.MAX_VALUE, contentsHash & Long.MAX_VALUE);
    }

    private void begin(String name, long size, CRC32 crc) throws IOException {
        namesHash = 31 * namesHash + name.hashCode();
        contentsHash = 31 * contentsHash + crc.getValue();
        ZipEntry entry = new ZipEntry(FOLDER + name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(size);
        entry.setCrc(crc.getValue());
        entry.setTimeLocal(NO_TIME);
        zip.flush();
        long data = channel.position() + LOCAL_HEADER + entry.getName().length() + EXTRA_HEADER;
        int padding = (int) (-data & (ALIGNMENT - 1));
        entry.setExtra(ByteBuffer.allocate(EXTRA_HEADER + padding)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putShort(PADDING_ID)
                .putShort((short) padding)
                .array());
        zip.putNextEntry(entry);
    }

    /** Finishes the archive; the channel stays open. */
    @Override
    public void close() throws IOException {
        zip.finish();
        zip.flush();
    }
}

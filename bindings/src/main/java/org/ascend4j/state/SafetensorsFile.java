package org.ascend4j.state;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.Map;
import org.ascend4j.Ascend4jException;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/** Files of named tensors in the safetensors format, which every framework reads without running code (<a
 * href="https://github.com/huggingface/safetensors#format">format</a>).
 *
 * @since 0.1.0
 */
public final class SafetensorsFile {
    /**
     * The content of a file.
     *
     * @param tensors host tensors in the order of the header, in the caller's scope
     * @param metadata free text by key
     * @since 0.1.0
     */
    public record Contents(StateDict tensors, Map<String, String> metadata) {}

    private SafetensorsFile() {}

    /** Writes tensors of any device and strides, atomically. */
    public static void write(Path file, StateDict tensors, Map<String, String> metadata) {
        AtomicFile.write(file, channel -> write(channel, tensors.entries(), metadata));
    }

    static void write(WritableByteChannel channel, Map<String, Tensor> tensors, Map<String, String> metadata)
            throws IOException {
        SafetensorsHeader header = SafetensorsHeader.of(tensors, metadata);
        byte[] json = header.toJson();
        ByteBuffer start = ByteBuffer.allocate(Long.BYTES + json.length).order(ByteOrder.LITTLE_ENDIAN);
        start.putLong(json.length).put(json).flip();
        while (start.hasRemaining()) {
            channel.write(start);
        }
        for (SafetensorsHeader.Entry entry : header.byOffset()) {
            try (PointerScope scope = new PointerScope()) {
                HostTensors.write(HostTensors.rowMajor(tensors.get(entry.name())), channel);
            }
        }
    }

    /** Reads a file; throws an error for anything that the format does not allow. */
    public static Contents read(Path file) {
        return GuardedReading.of(file, () -> {
            try (FileChannel channel = FileChannel.open(file)) {
                return read(channel);
            } catch (FormatException e) {
                throw new Ascend4jException(file + " is not a sound safetensors file: " + e.getMessage(), e);
            }
        });
    }

    static Contents read(FileChannel channel) throws IOException, FormatException {
        long size = channel.size();
        ByteBuffer length = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        if (size < Long.BYTES) {
            throw new FormatException("expected at least 8 bytes, found " + size);
        }
        HostTensors.readFully(channel, length, 0);
        long headerBytes = length.getLong(0);
        if (headerBytes < 0 || headerBytes > SafetensorsHeader.MAX_BYTES || headerBytes > size - Long.BYTES) {
            throw new FormatException("expected a header of at most "
                    + Math.min(SafetensorsHeader.MAX_BYTES, size - Long.BYTES) + " bytes, found "
                    + Long.toUnsignedString(headerBytes));
        }
        ByteBuffer json = ByteBuffer.allocate((int) headerBytes);
        HostTensors.readFully(channel, json, Long.BYTES);
        long data = Long.BYTES + headerBytes;
        SafetensorsHeader header = SafetensorsHeader.parse(json.array(), size - data);
        StateDict tensors = new StateDict();
        for (SafetensorsHeader.Entry entry : header.entries()) {
            Tensor tensor = HostTensors.empty(entry.type(), entry.shape());
            tensors.put(entry.name(), tensor);
            HostTensors.read(tensor, channel, data + entry.begin());
        }
        return new Contents(tensors, header.metadata());
    }
}

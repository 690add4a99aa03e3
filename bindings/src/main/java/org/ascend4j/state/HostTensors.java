package org.ascend4j.state;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;

/** Transfers tensors between their native memory on the host and channels without an intermediate copy; sizes above 2 GiB are supported. */
final class HostTensors {
    private static final long CHUNK = 1 << 26;

    private HostTensors() {}

    /** Returns a new uninitialised tensor on the host. */
    static Tensor empty(ElementType type, long[] shape) {
        try (TensorOptions options = new TensorOptions(type.scalarType())) {
            return torch.empty(shape, options, null);
        } catch (RuntimeException e) {
            // Callers have checked the sizes, so lack of memory is the only possible cause.
            throw (Error) new OutOfMemoryError("no native memory for a tensor").initCause(e);
        }
    }

    /** Returns the tensor's elements on the host in row-major order: a copy, or the tensor itself if it already has that form. */
    static Tensor rowMajor(Tensor tensor) {
        return tensor.detach().cpu().contiguous();
    }

    static long[] shape(Tensor tensor) {
        long[] shape = new long[(int) tensor.dim()];
        for (int i = 0; i < shape.length; i++) {
            shape[i] = tensor.size(i);
        }
        return shape;
    }

    /** Processes a part of a tensor's bytes. */
    @FunctionalInterface
    interface ChunkAction {
        /** Reads or fills the chunk; {@code at} is its position in the tensor. */
        void accept(ByteBuffer chunk, long at) throws IOException;
    }

    /** Passes a row-major host tensor's bytes to an action in order, without copying them. */
    static void forEachChunk(Tensor tensor, ChunkAction action) throws IOException {
        long bytes = tensor.nbytes();
        for (long at = 0; at < bytes; at += CHUNK) {
            BytePointer pointer = new BytePointer(tensor.data_ptr());
            // A slice, because the buffer's own position would be the chunk's position in the tensor.
            action.accept(
                    pointer.position(at)
                            .limit(Math.min(at + CHUNK, bytes))
                            .asByteBuffer()
                            .slice(),
                    at);
        }
    }

    /** Writes a row-major host tensor's bytes. */
    static void write(Tensor tensor, WritableByteChannel channel) throws IOException {
        forEachChunk(tensor, (chunk, at) -> {
            while (chunk.hasRemaining()) {
                channel.write(chunk);
            }
        });
    }

    /** Fills a row-major host tensor from a file. */
    static void read(Tensor tensor, FileChannel channel, long position) throws IOException {
        forEachChunk(tensor, (chunk, at) -> readFully(channel, chunk, position + at));
    }

    /** Fills a buffer from a file. */
    static void readFully(FileChannel channel, ByteBuffer buffer, long position) throws IOException {
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, position + buffer.position()) < 0) {
                throw new EOFException("it ended while it was read");
            }
        }
    }
}

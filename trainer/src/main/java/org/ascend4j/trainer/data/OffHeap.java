package org.ascend4j.trainer.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.ascend4j.Ascend4jException;

/**
 * Memory outside the Java heap. Half of what is free goes to images, the rest is left to the training; what is more lies in a temporary file that is mapped into
 * memory and has no name, so that the system keeps of it in memory what fits.
 */
final class OffHeap {
    private final Path folder;
    private long left;
    private FileChannel file;

    OffHeap() {
        this(HostMemory.available() / 2, Path.of(System.getProperty("java.io.tmpdir")));
    }

    /** Takes {@code share} bytes of memory before it uses a file in {@code folder}. */
    OffHeap(long share, Path folder) {
        this.folder = folder;
        left = share;
    }

    /** Refuses to take what neither memory nor the temporary folder holds. */
    void require(String what, long bytes) {
        long memory = HostMemory.available();
        long room = room();
        if (bytes > memory && bytes > room) {
            throw new Ascend4jException(what + " expect " + mebibytes(bytes) + ", found " + mebibytes(memory)
                    + " of memory and " + mebibytes(room) + " of the temporary folder " + folder
                    + " free; set --resize to a smaller side, or give the process more memory");
        }
    }

    /** Returns {@code bytes} bytes of zero. */
    ByteBuffer allocate(int bytes) {
        if (bytes > left && bytes <= room()) {
            return map(bytes);
        }
        require("images", bytes);
        left -= bytes;
        try {
            return ByteBuffer.allocateDirect(bytes);
        } catch (OutOfMemoryError e) {
            throw new Ascend4jException(
                    "images expect " + mebibytes(bytes) + " more outside the Java heap, found its limit reached;"
                            + " set ASCEND4J_JAVA_OPTIONS to a larger -XX:MaxDirectMemorySize",
                    e);
        }
    }

    private ByteBuffer map(int bytes) {
        try {
            if (file == null) {
                Path path = Files.createTempFile(folder, "ascend4j-images", null);
                file = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
                Files.delete(path);
            }
            long start = file.size();
            // Written, not only mapped: a disk that is full says so now, where a mapped page would end the process.
            ByteBuffer zeros = ByteBuffer.allocate(bytes);
            while (zeros.hasRemaining()) {
                file.write(zeros, start + zeros.position());
            }
            return file.map(FileChannel.MapMode.READ_WRITE, start, bytes);
        } catch (IOException e) {
            throw new Ascend4jException(
                    "images expect " + mebibytes(bytes) + " more than half of the memory, found " + folder
                            + " unable to hold them; set --resize to a smaller side, or give the process more memory",
                    e);
        }
    }

    /** Returns the temporary folder's free bytes: none where it lies in memory itself, or cannot be written. */
    private long room() {
        try {
            boolean usable = Files.isWritable(folder)
                    && !Files.getFileStore(folder).type().equals("tmpfs");
            return usable ? Files.getFileStore(folder).getUsableSpace() : 0;
        } catch (IOException e) {
            return 0;
        }
    }

    private static String mebibytes(long bytes) {
        return (bytes >> 20) + " MiB";
    }
}

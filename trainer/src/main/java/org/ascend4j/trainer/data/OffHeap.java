package org.ascend4j.trainer.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.ascend4j.Ascend4jException;

/**
 * Memory outside the Java heap. Images may use half of the free memory, but at least 1 GiB is left for the training.
 * Further images go to an unnamed temporary file that is mapped into memory, so that the system caches as much of it as
 * fits.
 */
final class OffHeap {
    private static final long LEFT_FOR_TRAINING = 1L << 30;

    private final Path folder;
    private long left;
    private FileChannel file;

    OffHeap() {
        this(share(HostMemory.available()), Path.of(System.getProperty("java.io.tmpdir")));
    }

    /** Uses {@code share} bytes of memory, then a file in {@code folder}. */
    OffHeap(long share, Path folder) {
        this.folder = folder;
        left = share;
    }

    /** Returns how many of the available bytes images may use. */
    static long share(long available) {
        return Math.max(0, Math.min(available / 2, available - LEFT_FOR_TRAINING));
    }

    /** Throws if neither memory nor the temporary folder has room for {@code bytes} bytes. */
    void require(String what, long bytes) {
        long memory = HostMemory.available();
        long room = room();
        if (bytes > memory && bytes > room) {
            throw new Ascend4jException(what + " expect " + mebibytes(bytes) + ", found " + mebibytes(memory)
                    + " of memory and " + mebibytes(room) + " of the temporary folder " + folder
                    + " free; set --resize to a smaller side, or give the process more memory");
        }
    }

    /** Returns {@code bytes} bytes, all zero. */
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
            // The zeros are written, not only mapped: a full disk then causes an exception here. With a mapped page it
            // would crash the process later.
            ByteBuffer zeros = ByteBuffer.allocate(bytes);
            while (zeros.hasRemaining()) {
                file.write(zeros, start + zeros.position());
            }
            return file.map(FileChannel.MapMode.READ_WRITE, start, bytes);
        } catch (IOException e) {
            throw new Ascend4jException(
                    "images expect " + mebibytes(bytes) + " beside the memory of the training, found " + folder
                            + " unable to hold them; set --resize to a smaller side, or give the process more memory",
                    e);
        }
    }

    /** Returns the temporary folder's free bytes; 0 if it is a file system in memory or cannot be written. */
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

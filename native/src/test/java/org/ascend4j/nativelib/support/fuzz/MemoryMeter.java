package org.ascend4j.nativelib.support.fuzz;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/** Measures the memory that a piece of work allocates: on the heap with the counter of its thread, elsewhere with the peak of the address space (Linux). */
final class MemoryMeter {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final Path STATUS = Path.of("/proc/self/status");

    private long heapBefore;
    private long nativeBefore;

    /** Starts measuring the current thread. */
    void start() {
        nativeBefore = nativePeak();
        heapBefore = THREADS.getCurrentThreadAllocatedBytes();
    }

    /** Returns the bytes that the thread has allocated on the heap since the start, including those that have been freed. */
    long heap() {
        return THREADS.getCurrentThreadAllocatedBytes() - heapBefore;
    }

    /** Returns the growth of the address space's peak since the start: memory counts whether it is touched or not. */
    long outsideHeap() {
        return nativePeak() - nativeBefore;
    }

    private static long nativePeak() {
        try {
            for (String line : Files.readAllLines(STATUS)) {
                if (line.startsWith("VmPeak:")) {
                    return 1024 * Long.parseLong(line.replaceAll("\\D", ""));
                }
            }
        } catch (IOException e) {
            // Not on Linux.
        }
        return 0;
    }
}

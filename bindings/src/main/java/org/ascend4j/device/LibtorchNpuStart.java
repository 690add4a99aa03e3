package org.ascend4j.device;

import java.nio.file.Path;
import java.util.Optional;
import org.ascend4j.Ascend4jException;
import org.ascend4j.nativelib.npu.LibtorchNpu;
import org.ascend4j.nativelib.npu.NpuDevice;
import org.ascend4j.runtime.Cann;
import org.ascend4j.runtime.MemoryUse;

/** Starts the Python-free libtorch_npu that torch_npu's build_libtorch_npu.py builds. */
final class LibtorchNpuStart implements NpuStart {
    /** The environment variable with the path of the folder that build_libtorch_npu.py filled, or of its library. */
    static final String VARIABLE = "ASCEND4J_LIBTORCH_NPU";

    private final Path library;

    private LibtorchNpuStart(Path library) {
        this.library = library;
    }

    static LibtorchNpuStart fromEnvironment() {
        String value = System.getenv(VARIABLE);
        if (value == null || value.isEmpty()) {
            throw new Ascend4jException("npu runtime libtorch_npu expects " + VARIABLE
                    + " to name the folder that build_libtorch_npu.py made, found it unset");
        }
        Path path = Path.of(value);
        return new LibtorchNpuStart(path.toString().endsWith(".so") ? path : path.resolve("lib/libtorch_npu.so"));
    }

    static boolean isConfigured() {
        String value = System.getenv(VARIABLE);
        return value != null && !value.isEmpty();
    }

    @Override
    public void start(int device) {
        Cann.requireEnvironment();
        try {
            LibtorchNpu.start(library, device);
        } catch (Ascend4jException e) {
            throw NpuProblem.explain(e);
        }
        new NpuDevice(device).makeCurrent();
    }

    /** Returns what the device itself reports, because the library does not export the allocator's figures. */
    @Override
    public MemoryUse memory(int device) {
        NpuDevice npu = new NpuDevice(device);
        long used = npu.totalMemory() - npu.freeMemory();
        return new MemoryUse(used, used, npu.totalMemory());
    }

    /** A capture needs a stream without a task queue, which only the wheel's Python returns. */
    @Override
    public Optional<String> captureObstacle(NpuDevice device) {
        return Optional.of("--npu-runtime libtorch_npu");
    }

    @Override
    public void finish() {
        LibtorchNpu.finish();
    }
}

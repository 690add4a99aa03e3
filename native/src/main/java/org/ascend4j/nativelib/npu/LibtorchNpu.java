package org.ascend4j.nativelib.npu;

import java.nio.file.Files;
import java.nio.file.Path;
import org.ascend4j.Ascend4jException;
import org.ascend4j.nativelib.NativeLibrary;
import org.ascend4j.nativelib.jni.Ascend4jNative;

/**
 * torch_npu without Python: the libtorch_npu that torch_npu's own build_libtorch_npu.py builds.
 *
 * <p>It must be built with {@code _GLIBCXX_USE_CXX11_ABI=1}, like the presets' libtorch and the wheels.
 */
public final class LibtorchNpu {
    private LibtorchNpu() {}

    /**
     * Loads the library and starts a device. A process can do this only once, and not in addition to torch_npu's wheel.
     *
     * @param library libtorch_npu.so
     * @param device the device's index
     */
    public static void start(Path library, int device) {
        NativeLibrary.load();
        if (!Files.isRegularFile(library)) {
            throw new Ascend4jException("libtorch_npu expected at " + library + ", found no such file");
        }
        try {
            Ascend4jNative.libtorch_npu_start(library.toAbsolutePath().toString(), device);
        } catch (RuntimeException e) {
            throw new Ascend4jException(e.getMessage(), e);
        }
    }

    /** Waits until the calling thread's device has finished all work. */
    public static void synchronize() {
        NativeLibrary.load();
        Ascend4jNative.libtorch_npu_synchronize();
    }

    /** Ends the runtime. No tensor on a device may exist any more, and none can be created afterwards. */
    public static void finish() {
        NativeLibrary.load();
        Ascend4jNative.libtorch_npu_finish();
    }
}

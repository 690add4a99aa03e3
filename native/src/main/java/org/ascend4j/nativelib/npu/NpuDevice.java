package org.ascend4j.nativelib.npu;

import org.ascend4j.Ascend4jException;
import org.ascend4j.nativelib.NativeLibrary;
import org.ascend4j.nativelib.jni.Ascend4jNative;
import org.bytedeco.pytorch.Tensor;

/**
 * A device of the loaded torch_npu, which was loaded by the embedded Python or as libtorch_npu.
 *
 * <p>No method uses Python.
 *
 * @param index the device's index in this process, from 0
 */
public record NpuDevice(int index) {
    /** Checks that the device exists. */
    public NpuDevice {
        if (index < 0 || index >= count()) {
            throw new Ascend4jException("npu:" + index + " expected, found " + count()
                    + " NPUs; check ASCEND_RT_VISIBLE_DEVICES and the container's devices");
        }
    }

    /** Returns whether a torch_npu is loaded in this process. */
    public static boolean isRegistered() {
        return NativeLibrary.isAvailable() && Ascend4jNative.npu_registered();
    }

    /** Starts torch_npu's runtime, which otherwise starts with the first tensor. */
    public static void initialize() {
        requireRegistered();
        Ascend4jNative.npu_initialize();
    }

    /** Returns the number of devices that this process sees. */
    public static int count() {
        requireRegistered();
        return Ascend4jNative.npu_device_count();
    }

    /** Returns the calling thread's device. */
    public static NpuDevice current() {
        requireRegistered();
        return new NpuDevice(Ascend4jNative.npu_current_device());
    }

    /** Returns the SoC's name as CANN prints it, such as Ascend910B1. */
    public static String socName() {
        requireRegistered();
        return Ascend4jNative.npu_soc_name();
    }

    /** Makes this the calling thread's device. Every thread must do this before it uses a device. */
    public void makeCurrent() {
        Ascend4jNative.npu_set_device(index);
    }

    /** Waits until the device has finished all work that was submitted to it. */
    public void synchronize() {
        // The wait for a lost device may never return; that for a stream reports the error.
        NpuStream.current(this).synchronize();
        Ascend4jNative.npu_synchronize(index);
    }

    /**
     * Makes the process end without the teardown of torch_npu and CANN; use it if a device does not respond, because both would wait for it. Java's shutdown
     * hooks still run, and the exit code is kept.
     */
    public static void abandon() {
        requireRegistered();
        Ascend4jNative.npu_abandon();
    }

    /** Returns the bytes of device memory that no process has allocated. */
    public long freeMemory() {
        return Ascend4jNative.npu_free_memory(index);
    }

    /** Returns the total bytes of device memory. */
    public long totalMemory() {
        return Ascend4jNative.npu_total_memory(index);
    }

    /** Seeds the device's default random generator. */
    public void seed(long seed) {
        Ascend4jNative.npu_seed(index, seed);
    }

    /** Returns the last seed of the default random generator. */
    public long initialSeed() {
        return Ascend4jNative.npu_initial_seed(index);
    }

    /** Returns the state of the default random generator, a uint8 CPU tensor owned by the caller. */
    public Tensor generatorState() {
        return Ascend4jNative.npu_generator_state(index);
    }

    /** Restores a state that {@link #generatorState} returned. */
    public void setGeneratorState(Tensor state) {
        Ascend4jNative.npu_set_generator_state(index, state);
    }

    static void requireRegistered() {
        NativeLibrary.load();
        if (!Ascend4jNative.npu_registered()) {
            throw new Ascend4jException(
                    "torch_npu expected in this process, found none: import it in the embedded Python first");
        }
    }
}

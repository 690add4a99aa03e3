package org.ascend4j.device;

import java.util.Optional;
import java.util.Set;
import org.ascend4j.Ascend4jException;
import org.ascend4j.nativelib.autocast.Autocast;
import org.ascend4j.runtime.MemoryUse;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.DeviceType;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * A started device: all that the trainer needs from hardware beyond tensor operations.
 *
 * <p>{@link Devices#open} opens it; {@link #close} synchronises and releases the device. Threads other than the opening one must call {@link #attachThread}
 * before they use the device.
 *
 * @since 0.1.0
 */
public interface DeviceBackend extends AutoCloseable {
    /** Returns the kind and index of this device. */
    DeviceSpec spec();

    /** Returns the device's name as its vendor's software reports it. */
    String name();

    /** Returns torch's device, owned by the back end. */
    Device device();

    /** Returns whether operators run on the host, in which case reading a result never waits. */
    default boolean isHost() {
        return spec().kind() == DeviceSpec.Kind.CPU;
    }

    /** Seeds the random generators of the device and of the CPU. */
    void seed(long seed);

    /** Returns the state of the device's random generator as a uint8 CPU tensor owned by the caller. */
    Tensor generatorState();

    /** Restores a state that {@link #generatorState} returned. */
    void setGeneratorState(Tensor state);

    /** Waits until all work submitted to the device is done. */
    void synchronize();

    /** Returns the memory use, empty if the device does not report it. */
    Optional<MemoryUse> memory();

    /** Returns the memory formats that the device supports for image tensors. */
    Set<Layout> layouts();

    /** Returns the memory format in which convolutions are expected to be fastest. */
    Layout preferredLayout();

    /** Returns the precisions that the device can train in. */
    Set<Precision> precisions();

    /**
     * Returns the precision in which the device is known to train fastest, among those with the range of fp32, whose results differ from fp32 only by rounding.
     */
    default Precision fastestPrecision() {
        return Precision.FP32;
    }

    /**
     * Opens a region of lower precision for forward passes on the calling thread; weights, gradients and updates stay in fp32.
     *
     * @throws Ascend4jException if the device cannot compute in this precision
     */
    default MixedPrecision mixedPrecision(Precision precision) {
        if (!precisions().contains(precision)) {
            throw new Ascend4jException("precision on " + spec() + " (" + name() + ") expects one of " + precisions()
                    + ", found " + precision);
        }
        if (precision == Precision.FP32) {
            return () -> {};
        }
        DeviceType type =
                switch (spec().kind()) {
                    case CPU -> DeviceType.CPU;
                    case CUDA -> DeviceType.CUDA;
                    case NPU -> DeviceType.PrivateUse1;
                };
        return Autocast.enable(type, precision == Precision.FP16 ? ScalarType.Half : ScalarType.BFloat16)::close;
    }

    /** Returns why the device cannot record work as a graph, as part of a sentence; empty if it can. Tries it on the device. */
    default Optional<String> captureObstacle() {
        return Optional.of("the device " + spec());
    }

    /**
     * Records what {@code work} submits to the device from this thread and in its backward passes, without executing it. Needs a device without a {@link
     * #captureObstacle}, and work that never waits for the device.
     *
     * @throws RuntimeException what {@code work} throws; the device then works as before
     */
    default CapturedStep capture(Runnable work) {
        throw new UnsupportedOperationException("no graphs on " + spec());
    }

    /** Prepares the calling thread for work on this device. */
    void attachThread();

    /** Synchronises and releases the device. It can be opened again, except through libtorch_npu, which starts once in a process. */
    @Override
    void close();
}

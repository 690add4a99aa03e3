package org.ascend4j.device;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.ascend4j.nativelib.NativeLibrary;
import org.ascend4j.runtime.MemoryUse;
import org.ascend4j.runtime.ProcessMemory;
import org.ascend4j.runtime.TorchRuntime;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Generator;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** The CPU back end. */
final class CpuBackend implements DeviceBackend {
    private final Device device;

    CpuBackend(boolean deterministic) {
        TorchRuntime.load();
        if (deterministic) {
            torch.globalContext().setDeterministicAlgorithms(true, false);
        }
        device = new Device("cpu");
        // The owning handle must outlive any PointerScope that is open here.
        device.retainReference();
    }

    @Override
    public DeviceSpec spec() {
        return new DeviceSpec(DeviceSpec.Kind.CPU, 0);
    }

    @Override
    public String name() {
        return "CPU (" + TorchRuntime.cpuCapability() + ", "
                + Runtime.getRuntime().availableProcessors() + " processors)";
    }

    @Override
    public Device device() {
        return device;
    }

    @Override
    public void seed(long seed) {
        torch.manual_seed(seed);
    }

    @Override
    public Tensor generatorState() {
        try (Generator generator = torch.getDefaultCPUGenerator()) {
            return generator.get_state();
        }
    }

    @Override
    public void setGeneratorState(Tensor state) {
        try (Generator generator = torch.getDefaultCPUGenerator()) {
            generator.set_state(state);
        }
    }

    @Override
    public void synchronize() {
        // Operators on the host have finished when they return.
    }

    @Override
    public Optional<MemoryUse> memory() {
        return ProcessMemory.current();
    }

    @Override
    public Set<Layout> layouts() {
        return EnumSet.of(Layout.CHANNELS_LAST, Layout.CONTIGUOUS);
    }

    @Override
    public Layout preferredLayout() {
        return Layout.CHANNELS_LAST;
    }

    @Override
    public Set<Precision> precisions() {
        // The presets do not map autocast. Our own library does, but a build without a C++ compiler lacks it.
        return NativeLibrary.isAvailable() ? EnumSet.of(Precision.FP32, Precision.BF16) : EnumSet.of(Precision.FP32);
    }

    @Override
    public Precision fastestPrecision() {
        return precisions().contains(Precision.BF16) && ProcessorFlags.ofHost().multiplyBfloat16()
                ? Precision.BF16
                : Precision.FP32;
    }

    @Override
    public void attachThread() {
        // Any thread may compute on the host.
    }

    @Override
    public void close() {
        device.releaseReference();
    }
}

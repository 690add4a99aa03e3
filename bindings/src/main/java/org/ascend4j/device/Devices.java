package org.ascend4j.device;

import java.util.Optional;
import org.ascend4j.Ascend4jException;
import org.ascend4j.nativelib.NativeLibrary;
import org.ascend4j.runtime.TorchHome;
import org.ascend4j.runtime.TorchRuntime;

/**
 * Opens devices.
 *
 * @since 0.1.0
 */
public final class Devices {
    private Devices() {}

    /** Starts the device with the default settings; if that fails, throws an error that states in one sentence what is missing. */
    public static DeviceBackend open(DeviceSpec spec) {
        return open(spec, DeviceConfig.DEFAULT);
    }

    /** Starts the device; if that fails, throws an error that states in one sentence what is missing. */
    public static DeviceBackend open(DeviceSpec spec, DeviceConfig config) {
        return switch (spec.kind()) {
            case CPU -> cpu(config);
            case CUDA -> cuda(spec, config);
            case NPU -> npu(spec, config);
        };
    }

    private static DeviceBackend cpu(DeviceConfig config) {
        TorchHome.find(config.torchHome()).ifPresent(TorchRuntime::use);
        return new CpuBackend(config.deterministic());
    }

    private static DeviceBackend cuda(DeviceSpec spec, DeviceConfig config) {
        TorchHome home = TorchHome.find(config.torchHome())
                .orElseThrow(() -> new Ascend4jException("device " + spec + " expects --torch-home or "
                        + TorchHome.VARIABLE + " to name a Python environment with the CUDA build of torch "
                        + TorchRuntime.TORCH_VERSION + ", found neither"));
        TorchRuntime.use(home);
        requireNative(spec);
        return new CudaBackend(spec, home, config.deterministic());
    }

    private static DeviceBackend npu(DeviceSpec spec, DeviceConfig config) {
        Optional<TorchHome> home = TorchHome.find(config.torchHome());
        boolean wheel =
                switch (config.npuRuntime()) {
                    case WHEEL -> true;
                    case LIBTORCH_NPU -> false;
                    case AUTO -> !LibtorchNpuStart.isConfigured();
                };
        if (wheel) {
            TorchHome environment = home.orElseGet(TorchHome::onPath);
            TorchRuntime.use(environment);
            requireNative(spec);
            return new NpuBackend(spec, new WheelStart(environment, config), config.deterministic());
        }
        home.ifPresent(TorchRuntime::use);
        requireNative(spec);
        return new NpuBackend(spec, LibtorchNpuStart.fromEnvironment(), config.deterministic());
    }

    private static void requireNative(DeviceSpec spec) {
        TorchRuntime.load();
        NativeLibrary.missing().ifPresent(reason -> {
            throw new Ascend4jException("device " + spec + ": " + reason);
        });
    }
}

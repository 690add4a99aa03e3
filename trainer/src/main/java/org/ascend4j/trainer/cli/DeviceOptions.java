package org.ascend4j.trainer.cli;

import org.ascend4j.Ascend4jException;
import org.ascend4j.device.DeviceBackend;
import org.ascend4j.device.DeviceSpec;
import org.ascend4j.device.Devices;
import org.ascend4j.device.Layout;
import org.ascend4j.runtime.TorchRuntime;
import picocli.CommandLine.Option;

/** The device and how it is used. */
final class DeviceOptions {
    @Option(
            names = "--device",
            paramLabel = "cpu|cuda[:i]|npu[:i]",
            defaultValue = "cpu",
            description = "Where to compute (default: ${DEFAULT-VALUE}).")
    private String device;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads of an operator on the CPU (default: all processors).")
    private Integer threads;

    @Option(
            names = "--layout",
            paramLabel = "NAME",
            description = "contiguous or channels_last (default: what suits the device).")
    private Layout layout;

    /** Starts the device; the caller closes it. */
    DeviceBackend open() {
        DeviceSpec spec = DeviceSpec.parse(device);
        TorchRuntime.load();
        TorchRuntime.setThreads(threads == null ? Runtime.getRuntime().availableProcessors() : threads);
        return Devices.open(spec);
    }

    /** Returns the layout asked for, or the device's own choice. */
    Layout layout(DeviceBackend backend) {
        if (layout == null) {
            return backend.preferredLayout();
        }
        if (!backend.layouts().contains(layout)) {
            throw new Ascend4jException(
                    "--layout expects one of " + backend.layouts() + " on " + backend.spec() + ", found " + layout);
        }
        return layout;
    }
}

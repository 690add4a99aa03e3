package org.ascend4j.cli;

import org.ascend4j.Ascend4jException;
import org.ascend4j.cli.help.HelpGroup;
import org.ascend4j.device.DeviceBackend;
import org.ascend4j.device.DeviceConfig;
import org.ascend4j.device.DeviceConfig.NpuRuntime;
import org.ascend4j.device.DeviceSpec;
import org.ascend4j.device.Devices;
import org.ascend4j.device.Layout;
import org.ascend4j.distributed.Rank;
import org.ascend4j.runtime.TorchRuntime;
import picocli.CommandLine.Option;

/** The options for the device and its use. */
@HelpGroup.In(HelpGroup.DEVICE)
final class DeviceOptions {
    @HelpGroup.In(HelpGroup.FIRST)
    @Option(
            names = "--device",
            paramLabel = "cpu|cuda[:i]|npu[:i]",
            defaultValue = "cpu",
            description = "The device (default: ${DEFAULT-VALUE}). cuda is unverified and needs --torch-home.")
    private String device;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Number of computing threads on the CPU (default: number of processors).")
    private Integer threads;

    @Option(
            names = "--layout",
            paramLabel = "NAME",
            description = "Memory layout: contiguous or channels_last (default: the faster one for the device).")
    private Layout layout;

    @Option(
            names = "--torch-home",
            paramLabel = "DIR|auto",
            description = "A Python environment with torch 2.7.1 whose libtorch is used; auto: the python3 on PATH"
                    + " (default: ASCEND4J_TORCH_HOME; needed for npu).")
    private String torchHome;

    @Option(
            names = "--npu-runtime",
            paramLabel = "NAME",
            defaultValue = "auto",
            description = "How torch_npu is loaded: wheel (in an embedded Python), libtorch_npu (from "
                    + "ASCEND4J_LIBTORCH_NPU) or auto (default).")
    private NpuRuntime npuRuntime;

    @Option(
            names = "--npu-jit",
            description = "Compile NPU operators for each shape (aclop) instead of using precompiled ones.")
    private boolean npuJit;

    @Option(names = "--npu-internal-format", description = "Allow private tensor formats on the NPU.")
    private boolean npuInternalFormat;

    @Option(names = "--deterministic", description = "Refuse operators whose results are not reproducible.")
    private boolean deterministic;

    /** Returns the requested device. */
    DeviceSpec spec() {
        return DeviceSpec.parse(device);
    }

    /** Returns the configuration to start the device with. */
    DeviceConfig config() {
        return new DeviceConfig(torchHome, npuRuntime, npuJit, npuInternalFormat, deterministic);
    }

    /** Sets the number of CPU threads that compute. */
    void applyThreads() {
        applyThreads(1);
    }

    private void applyThreads(int processes) {
        int share = Math.max(1, Runtime.getRuntime().availableProcessors() / processes);
        TorchRuntime.setThreads(threads == null ? share : threads);
    }

    /** Starts the device; the caller closes it. */
    DeviceBackend open() {
        DeviceBackend backend = Devices.open(spec(), config());
        applyThreads();
        return backend;
    }

    /** Starts the device of a rank; its index is the rank's number on its node. The caller closes it. */
    DeviceBackend open(Rank rank) {
        DeviceSpec spec = spec();
        if (rank.topology().localSize() > 1 && spec.kind() != DeviceSpec.Kind.CPU) {
            if (device.contains(":")) {
                throw new Ascend4jException("--device expects " + spec.kind().torchName()
                        + " without an index for several processes on a host, found " + device);
            }
            spec = new DeviceSpec(spec.kind(), rank.localRank());
        }
        DeviceBackend backend = Devices.open(spec, config());
        applyThreads(rank.topology().localSize());
        return backend;
    }

    /** Returns the requested layout, or the device's preferred one. */
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

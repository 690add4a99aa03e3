package org.ascend4j.cli.doctor;

import java.util.Optional;
import org.ascend4j.device.DeviceBackend;
import org.ascend4j.device.DeviceConfig;
import org.ascend4j.device.DeviceConfig.NpuRuntime;
import org.ascend4j.device.DeviceSpec;
import org.ascend4j.device.NpuProblem;
import org.ascend4j.runtime.TorchHome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is examined: a device asked for on a host, and what the checks have found of it so far. */
public final class Subject implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Subject.class);

    private final Host host;
    private final DeviceSpec spec;
    private final DeviceConfig config;
    private final String version;
    private TorchHome home;
    private DeviceBackend device;

    /**
     * Names what is examined.
     *
     * @param version Ascend4J's own
     */
    public Subject(Host host, DeviceSpec spec, DeviceConfig config, String version) {
        this.host = host;
        this.spec = spec;
        this.config = config;
        this.version = version;
    }

    Host host() {
        return host;
    }

    DeviceSpec spec() {
        return spec;
    }

    DeviceConfig config() {
        return config;
    }

    String version() {
        return version;
    }

    boolean isNpu() {
        return spec.kind() == DeviceSpec.Kind.NPU;
    }

    /** Returns whether the device is started through torch_npu's wheel, which needs Python. */
    boolean usesWheel() {
        boolean free = !host.variable("ASCEND4J_LIBTORCH_NPU").isEmpty();
        return isNpu() && (config.npuRuntime() == NpuRuntime.WHEEL || config.npuRuntime() == NpuRuntime.AUTO && !free);
    }

    /** Returns the torch home once it was found. */
    Optional<TorchHome> home() {
        return Optional.ofNullable(home);
    }

    void found(TorchHome torchHome) {
        home = torchHome;
    }

    /** Returns the started device; only after the check that starts it. */
    public DeviceBackend device() {
        return device;
    }

    void started(DeviceBackend backend) {
        device = backend;
    }

    /** Ends the device, if it was started; a device that failed before may not end well, which is no news then. */
    @Override
    public void close() {
        if (device == null) {
            return;
        }
        try {
            device.close();
        } catch (RuntimeException e) {
            LOG.warn("The device does not end well: {}", NpuProblem.explain(e).getMessage());
        } finally {
            device = null;
        }
    }
}

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

/** The subject of the checks: a requested device on a host, and the findings so far. */
public final class Subject implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Subject.class);

    private final Host host;
    private final DeviceSpec spec;
    private final DeviceConfig config;
    private final String version;
    private TorchHome home;
    private DeviceBackend device;

    /**
     * Makes a subject from a host and a device.
     *
     * @param version Ascend4J's version
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

    /** Returns whether the device is started with torch_npu's wheel, which needs Python. */
    boolean usesWheel() {
        boolean free = !host.variable("ASCEND4J_LIBTORCH_NPU").isEmpty();
        return isNpu() && (config.npuRuntime() == NpuRuntime.WHEEL || config.npuRuntime() == NpuRuntime.AUTO && !free);
    }

    /** Returns the torch home after it was found; empty before. */
    Optional<TorchHome> home() {
        return Optional.ofNullable(home);
    }

    void found(TorchHome torchHome) {
        home = torchHome;
    }

    /** Returns the started device; valid only after the check that starts it. */
    public DeviceBackend device() {
        return device;
    }

    void started(DeviceBackend backend) {
        device = backend;
    }

    /** Closes the device if it was started. After an earlier failure the close may fail too; this is only logged. */
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

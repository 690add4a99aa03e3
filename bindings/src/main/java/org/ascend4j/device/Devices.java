package org.ascend4j.device;

import org.ascend4j.Ascend4jException;

/** Opens devices. */
public final class Devices {
    private Devices() {}

    /** Starts the device, or says in one sentence what is missing. */
    public static DeviceBackend open(DeviceSpec spec) {
        throw new Ascend4jException("device " + spec + " has no back end yet");
    }
}

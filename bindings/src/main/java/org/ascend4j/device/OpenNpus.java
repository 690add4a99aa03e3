package org.ascend4j.device;

import org.ascend4j.Ascend4jException;

/**
 * The NPUs that a process has open. torch_npu ends its runtime for all devices together, and a device that is started after that aborts the process: so the
 * runtime ends with the last open device, and then no device is opened any more.
 */
final class OpenNpus {
    /** Those of this process. */
    static final OpenNpus PROCESS = new OpenNpus();

    private int count;
    private boolean ended;

    /** Adds a device before it is started. */
    synchronized void add(DeviceSpec spec) {
        if (ended) {
            throw new Ascend4jException(
                    "device " + spec + " expects a process whose torch_npu has not ended, found that"
                            + " it ended when the last open NPU was closed; keep one NPU open as long as the process uses any");
        }
        count++;
    }

    /** Removes a device that could not be started. */
    synchronized void discard() {
        count--;
    }

    /** Removes a device that has done its work, and runs {@code finish} if no other is open. */
    synchronized void remove(Runnable finish) {
        count--;
        if (count == 0) {
            ended = true;
            finish.run();
        }
    }
}

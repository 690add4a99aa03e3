package org.ascend4j.device;

import java.util.function.Consumer;
import org.ascend4j.Ascend4jException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How torch_npu ends: for all devices together, and it cannot start again in the process. So it ends with the process, after the last open device was closed;
 * if one remains open, it does not end, because that would wait for the device's work.
 */
final class NpuRuntime {
    /** The one of this process. */
    static final NpuRuntime PROCESS =
            new NpuRuntime(task -> Runtime.getRuntime().addShutdownHook(new Thread(task, "npu-end")));

    private static final Logger LOG = LoggerFactory.getLogger(NpuRuntime.class);

    private final Consumer<Runnable> atExit;
    private Runnable end;
    private int open;
    private boolean ending;

    /**
     * Creates the state of a process.
     *
     * @param atExit registers what a process does when it ends; throws {@link IllegalStateException} if the process is already ending
     */
    NpuRuntime(Consumer<Runnable> atExit) {
        this.atExit = atExit;
    }

    /**
     * Starts a device and adds it.
     *
     * @param end what ends torch_npu, called at most once
     * @throws Ascend4jException if torch_npu has ended
     */
    synchronized void open(DeviceSpec spec, Runnable start, Runnable end) {
        if (ending && open == 0) {
            throw new Ascend4jException(
                    "device " + spec + " expects a process that is not ending, found that it is, and torch_npu ended");
        }
        start.run();
        if (this.end == null) {
            this.end = end;
            try {
                atExit.accept(this::endWithProcess);
            } catch (IllegalStateException e) {
                ending = true;
            }
        }
        open++;
    }

    /** Removes a device that has done its work. */
    synchronized void close() {
        open--;
        endIfLast();
    }

    private synchronized void endWithProcess() {
        ending = true;
        endIfLast();
    }

    private void endIfLast() {
        if (!ending || open > 0) {
            return;
        }
        try {
            end.run();
        } catch (RuntimeException e) {
            LOG.warn("torch_npu did not end: {}", e.getMessage());
        }
    }
}

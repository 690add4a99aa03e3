package org.ascend4j.cli;

import java.nio.file.Path;
import org.ascend4j.device.DeviceBackend;
import org.ascend4j.runtime.StopRequest;
import org.ascend4j.trainer.train.TinyRun;

/** A process that receives a stop request before its training begins, while its device delays the exit, as an NPU does. */
final class EarlySignal {
    private EarlySignal() {}

    /** Trains into the given folder. */
    public static void main(String[] arguments) throws InterruptedException {
        try (StopRequest held = StopRequest.unasked();
                DeviceBackend cpu = TinyRun.cpu()) {
            System.out.println("started");
            while (!held.requested()) {
                Thread.sleep(10);
            }
            TinyRun.training(cpu, TinyRun.settings(cpu, Path.of(arguments[0]))).run();
        }
    }
}

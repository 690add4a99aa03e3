package org.ascend4j.nativelib.npu;

import static org.bytedeco.pytorch.global.torch.ones;

import java.nio.file.Path;
import org.ascend4j.nativelib.python.EmbeddedPython;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** The scenario that FailedNpuTest checks, in a separate process whose first operator fails: {@code LIBPYTHON EXECUTABLE}. */
final class FailedNpuScenario {
    /** Far longer than torch_npu's queue and the device take for one operator. */
    private static final int MILLIS = 1000;

    private FailedNpuScenario() {}

    public static void main(String[] arguments) throws InterruptedException {
        EmbeddedPython.start(Path.of(arguments[0]), Path.of(arguments[1]));
        EmbeddedPython.run("import torch, torch_npu\n");
        NpuDevice.initialize();
        NpuDevice device = new NpuDevice(0);
        device.makeCurrent();
        try (PointerScope scope = new PointerScope()) {
            Tensor one = ones(1).to(new Device("npu:0"), ScalarType.Float);
            NpuEvent mark = NpuEvent.create();
            mark.record(NpuStream.current(device));
            one.add(one); // fails on the device
            Thread.sleep(MILLIS);
            one.add(one); // fails in torch_npu's queue
            Thread.sleep(MILLIS);
            print("closed event", mark::close);
            print("closed again", mark::close);
            print("synchronized", device::synchronize);
        }
        NpuDevice.abandon();
    }

    private static void print(String name, Runnable call) {
        String outcome = "done";
        try {
            call.run();
        } catch (RuntimeException e) {
            outcome = e.getMessage().lines().findFirst().orElse("");
        }
        System.out.println(name + "=" + outcome);
    }
}

package org.ascend4j.nativelib.npu;

import static org.bytedeco.pytorch.global.torch.ones;

import java.nio.file.Path;
import org.ascend4j.Ascend4jException;
import org.ascend4j.nativelib.python.EmbeddedPython;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** The scenario that NpuTest checks, in a separate process: {@code LIBPYTHON EXECUTABLE}. Prints lines of the form {@code name=value}. */
final class NpuScenario {
    private static final int MEBIBYTE = 1 << 20;

    private NpuScenario() {}

    public static void main(String[] arguments) throws InterruptedException {
        EmbeddedPython.start(Path.of(arguments[0]), Path.of(arguments[1]));
        print("registered before import", NpuDevice.isRegistered());
        EmbeddedPython.run("import torch, torch_npu\n");
        NpuOptions.setInternalFormat(false);
        NpuOptions.setJitCompile(false);
        NpuDevice.initialize();
        NpuDevice device = new NpuDevice(0);
        device.makeCurrent();
        print("registered after import", NpuDevice.isRegistered());
        print("count", NpuDevice.count() + " of " + EmbeddedPython.eval("torch.npu.device_count()"));
        print("name", NpuDevice.socName() + " of " + EmbeddedPython.eval("torch.npu.get_device_name(0)"));
        print("memory", device.totalMemory() + " of " + EmbeddedPython.eval("torch.npu.mem_get_info(0)[1]"));
        refuseMissingDevice();
        options();
        generator(device);
        try (PointerScope scope = new PointerScope()) {
            memory(device);
            streams(device);
        }
        threads();
        device.synchronize();
        NpuMemory.emptyCache();
        EmbeddedPython.runExitHandlers();
        print("end", "reached");
    }

    private static void refuseMissingDevice() {
        try {
            new NpuDevice(NpuDevice.count()).makeCurrent();
        } catch (Ascend4jException e) {
            print("missing device", e.getMessage());
        }
    }

    private static void options() {
        print("jit", NpuOptions.isJitCompile());
        NpuOptions.setConvolutionHf32(false);
        NpuOptions.setMatmulHf32(true);
        NpuOptions.setPrecisionMode(NpuOptions.PrecisionMode.MUST_KEEP_ORIGIN_DTYPE);
        print("hf32", NpuOptions.isConvolutionHf32() + " " + NpuOptions.isMatmulHf32());
        print("precision", EmbeddedPython.eval("torch_npu._C._npu_getOption('ACL_PRECISION_MODE').decode()"));
    }

    private static void generator(NpuDevice device) {
        device.seed(7);
        print("seed", device.initialSeed() + " of " + EmbeddedPython.eval("torch.npu.initial_seed()"));
        try (Tensor state = device.generatorState()) {
            print("state", state.numel() + " " + state.device().str().getString());
            device.seed(8);
            device.setGeneratorState(state);
        }
        print("restored seed", device.initialSeed());
    }

    private static void memory(NpuDevice device) {
        NpuMemory before = NpuMemory.of(device);
        Tensor tensor = ones(4 * MEBIBYTE).to(new Device("npu:0"), ScalarType.Float);
        NpuMemory during = NpuMemory.of(device);
        print("allocated", (during.allocated() - before.allocated()) / MEBIBYTE);
        tensor.close();
        NpuMemory after = NpuMemory.of(device);
        print("freed", after.allocated() == before.allocated());
        print("peak", after.peakAllocated() == during.allocated());
        NpuMemory.resetPeak(device);
        print("peak after reset", NpuMemory.of(device).peakAllocated() == after.allocated());
        NpuMemory.emptyCache();
        print("reserved after emptying", NpuMemory.of(device).reserved() < after.reserved());
        NpuMemory.setFraction(device, 0.001);
        try (Tensor host = ones(64 * MEBIBYTE)) {
            print("beyond the fraction", host.to(new Device("npu:0"), ScalarType.Float));
        } catch (RuntimeException e) {
            print("beyond the fraction", e.getMessage().contains("out of memory"));
        }
        NpuMemory.setFraction(device, 1);
    }

    private static void streams(NpuDevice device) {
        NpuStream first = NpuStream.current(device);
        NpuStream side = NpuStream.fromPool(device, false);
        print("default stream", first.equals(NpuStream.defaultOf(device)));
        print("side stream", !side.equals(first));
        NpuStream before = side.makeCurrent();
        print("current stream", NpuStream.current(device).equals(side) && before.equals(first));
        try (NpuEvent start = NpuEvent.withTiming();
                NpuEvent end = NpuEvent.withTiming();
                NpuEvent mark = NpuEvent.create()) {
            start.record(side);
            Tensor sum = ones(MEBIBYTE).to(new Device("npu:0"), ScalarType.Float);
            for (int i = 0; i < 20; i++) {
                sum = sum.add(sum);
            }
            mark.record(side);
            end.record(side);
            before.makeCurrent();
            mark.block(before);
            mark.synchronize();
            side.synchronize();
            print("done", mark.isDone());
            print("elapsed", start.millisecondsTo(end) > 0);
            print("sum", sum.cpu().data_ptr_float().get(MEBIBYTE - 1));
        }
        try (NpuEvent never = NpuEvent.create()) {
            never.synchronize();
        } catch (RuntimeException e) {
            print("unrecorded event", e.getMessage());
        }
    }

    private static void threads() throws InterruptedException {
        int last = NpuDevice.count() - 1;
        Thread thread = new Thread(() -> {
            new NpuDevice(last).makeCurrent();
            try (PointerScope scope = new PointerScope()) {
                Tensor tensor = ones(3).to(new Device("npu:" + last), ScalarType.Float);
                print(
                        "thread",
                        NpuDevice.current().index() == last && tensor.sum().item_float() == 3);
            }
        });
        thread.start();
        thread.join();
        print("main thread", NpuDevice.current().index());
    }

    private static void print(String name, Object value) {
        System.out.println(name + "=" + value);
    }
}

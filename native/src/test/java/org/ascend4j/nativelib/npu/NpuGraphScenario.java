package org.ascend4j.nativelib.npu;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.ascend4j.nativelib.python.EmbeddedPython;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** The scenario that NpuGraphTest checks, in a separate process: {@code LIBPYTHON EXECUTABLE}. Prints lines of the form {@code name=value}. */
final class NpuGraphScenario {
    private NpuGraphScenario() {}

    public static void main(String[] arguments) {
        EmbeddedPython.start(Path.of(arguments[0]), Path.of(arguments[1]));
        EmbeddedPython.run("import torch, torch_npu\n");
        NpuOptions.setInternalFormat(false);
        NpuOptions.setJitCompile(false);
        NpuDevice.initialize();
        NpuDevice device = new NpuDevice(0);
        device.makeCurrent();
        print("obstacle", NpuGraph.obstacle(device).orElse("none"));
        try (PointerScope scope = new PointerScope()) {
            replays(device);
            gradients(device);
            random(device);
            failures(device);
        }
        device.synchronize();
        EmbeddedPython.runExitHandlers();
        print("end", "reached");
    }

    /** Doubles a number and adds one: 1, 3, 7, ... */
    private static void replays(NpuDevice device) {
        Tensor number = torch.ones(1).to(new Device("npu:0"), ScalarType.Float);
        try (NpuGraph graph =
                NpuGraph.capture(device, () -> number.mul_(new Scalar(2.0)).add_(new Scalar(1.0)))) {
            List<Float> values = new ArrayList<>(List.of(number.item_float()));
            for (int i = 0; i < 4; i++) {
                graph.replay();
                values.add(number.item_float());
            }
            print("replays", values);
        }
    }

    /** Gradient descent on the square of a number with a backward pass in the graph: the number is halved in each step. */
    private static void gradients(NpuDevice device) {
        Tensor number = torch.ones(1).to(new Device("npu:0"), ScalarType.Float);
        Tensor weight = number.detach().set_requires_grad(true);
        try (NpuGraph graph = NpuGraph.capture(device, () -> {
            weight.square().sum().backward();
            number.add_(weight.grad(), new Scalar(-0.25));
            weight.mutable_grad().reset();
        })) {
            List<Float> values = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                graph.replay();
                values.add(number.item_float());
            }
            print("gradients", values);
        }
    }

    /** Replays continue the generator's sequence as eager calls do. */
    private static void random(NpuDevice device) {
        Tensor drawn = torch.zeros(64).to(new Device("npu:0"), ScalarType.Float);
        List<Tensor> eager = new ArrayList<>();
        List<Tensor> replayed = new ArrayList<>();
        try (NpuGraph graph = NpuGraph.capture(device, () -> drawn.uniform_())) {
            device.seed(3);
            for (int i = 0; i < 3; i++) {
                eager.add(drawn.uniform_().cpu().clone());
            }
            device.seed(3);
            for (int i = 0; i < 3; i++) {
                graph.replay();
                replayed.add(drawn.cpu().clone());
            }
        }
        boolean equal = true;
        for (int i = 0; i < 3; i++) {
            equal &= eager.get(i).equal(replayed.get(i));
        }
        print("random", equal + " " + replayed.get(0).equal(replayed.get(1)));
    }

    /** A capture that fails leaves a device that works and captures. */
    private static void failures(NpuDevice device) {
        Tensor number = torch.ones(1).to(new Device("npu:0"), ScalarType.Float);
        try {
            NpuGraph.capture(device, () -> number.add_(new Scalar(1.0)).item_float());
        } catch (RuntimeException e) {
            print("reading", e.getMessage().contains("107027"));
        }
        try {
            NpuGraph.capture(device, () -> {
                number.add_(new Scalar(1.0));
                throw new IllegalStateException("ours");
            });
        } catch (IllegalStateException e) {
            print("own failure", e.getMessage());
        }
        print("not executed", number.item_float());
        replays(device);
    }

    private static void print(String name, Object value) {
        System.out.println(name + "=" + value);
    }
}

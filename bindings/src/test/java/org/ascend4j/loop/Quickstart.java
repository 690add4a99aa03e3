package org.ascend4j.loop;

import java.nio.file.Path;
import java.util.List;
import org.ascend4j.device.DeviceBackend;
import org.ascend4j.device.DeviceSpec;
import org.ascend4j.device.Devices;
import org.ascend4j.nn.BatchNorm2d;
import org.ascend4j.nn.Conv2d;
import org.ascend4j.nn.Flatten;
import org.ascend4j.nn.Layer;
import org.ascend4j.nn.Linear;
import org.ascend4j.nn.ReLU;
import org.ascend4j.nn.Sequential;
import org.ascend4j.optim.Decay;
import org.ascend4j.optim.Sgd;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** The program in docs/training-loop.md: a small network learns which stripe of an image is the brightest. */
final class Quickstart {
    private Quickstart() {}

    private static Layer network() {
        return new Sequential(
                new Conv2d(1, 8, 3, 1), new BatchNorm2d(8), new ReLU(false), new Flatten(), new Linear(8 * 8 * 8, 4));
    }

    /** Trains on a device and saves to a file: {@code Quickstart npu quickstart.ckpt}. */
    public static void main(String[] arguments) {
        try (DeviceBackend device = Devices.open(DeviceSpec.parse(arguments[0]));
                PointerScope scope = new PointerScope()) {
            device.seed(7);
            Layer net = network();
            Tensor images = torch.randn(96, 1, 8, 8);
            Tensor labels = images.reshape(96, 4, 16).sum(2).argmax(new LongOptional(1), false);
            try (TrainingSession loop = TrainingSession.of(
                            device,
                            net,
                            Sgd.over(net)
                                    .learningRate(0.1)
                                    .momentum(0.9)
                                    .nesterov(true)
                                    .weightDecay(0.01)
                                    .noDecayForBiasesAndNorms())
                    .schedule(rates -> Decay.cosine(rates, 3, 12))
                    .clipNorm(1)
                    .build()) {
                Tensor x = loop.toDevice(images);
                Tensor y = loop.toDevice(labels);
                for (int step = 0; step < 12; step++) {
                    int start = step % 4 * 16;
                    loop.step(() -> torch.cross_entropy(net.forward(x.narrow(0, start, 16)), y.narrow(0, start, 16)));
                    System.out.println("step " + loop.steps() + " loss " + loop.lastLoss());
                }
                double loss = loop.evaluate(List.of(64, 80), start -> torch.cross_entropy(
                                net.forward(x.narrow(0, start, 16)), y.narrow(0, start, 16))
                        .mul(new Scalar(16.0)));
                System.out.println("test loss " + loss);
                loop.save(Path.of(arguments[1]));
            }
        }
    }
}

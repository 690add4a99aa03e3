package example;

import java.util.Locale;
import org.ascend4j.device.DeviceBackend;
import org.ascend4j.device.DeviceSpec;
import org.ascend4j.device.Devices;
import org.ascend4j.loop.TrainingSession;
import org.ascend4j.nn.Conv2d;
import org.ascend4j.nn.Flatten;
import org.ascend4j.nn.Layer;
import org.ascend4j.nn.Linear;
import org.ascend4j.nn.ReLU;
import org.ascend4j.nn.Sequential;
import org.ascend4j.optim.AdamW;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** A small network learns which of four stripes of an image is the brightest. */
public final class Stripes {
    private Stripes() {}

    /** Trains 200 steps on the CPU and prints the last loss. */
    public static void main(String[] arguments) {
        try (DeviceBackend device = Devices.open(DeviceSpec.parse("cpu"));
                PointerScope scope = new PointerScope()) {
            device.seed(7);
            Layer net = new Sequential(new Conv2d(1, 8, 3, 1), new ReLU(false), new Flatten(), new Linear(8 * 8 * 8, 4));
            Tensor images = torch.randn(64, 1, 8, 8);
            Tensor labels = images.reshape(64, 4, 16).sum(2).argmax(new LongOptional(1), false);
            try (TrainingSession loop = TrainingSession.of(device, net, AdamW.over(net).learningRate(0.01)).build()) {
                for (int step = 0; step < 200; step++) {
                    loop.step(() -> torch.cross_entropy(net.forward(images), labels));
                }
                System.out.printf(Locale.ROOT, "loss %.4f%n", loop.lastLoss());
            }
        }
    }
}

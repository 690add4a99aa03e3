import static org.bytedeco.pytorch.global.torch.adaptive_avg_pool2d;
import static org.bytedeco.pytorch.global.torch.conv2d;
import static org.bytedeco.pytorch.global.torch.cross_entropy_loss;
import static org.bytedeco.pytorch.global.torch.manual_seed;
import static org.bytedeco.pytorch.global.torch.ones;
import static org.bytedeco.pytorch.global.torch.randn;
import static org.bytedeco.pytorch.global.torch.relu;
import static org.bytedeco.pytorch.global.torch.tensor;

import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.pytorch.BatchNorm2dImpl;
import org.bytedeco.pytorch.BatchNormOptions;
import org.bytedeco.pytorch.Conv2dImpl;
import org.bytedeco.pytorch.Conv2dOptions;
import org.bytedeco.pytorch.Half;
import org.bytedeco.pytorch.LinearImpl;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.ProcessGroupGloo;
import org.bytedeco.pytorch.SGD;
import org.bytedeco.pytorch.SGDOptions;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.gloo;

/** Prints what each part of the presets computes; the JNI library of every platform must print the same. */
public final class PresetsProbe {
    private static final class Net extends Module {
        private final Conv2dImpl convolution;
        private final BatchNorm2dImpl norm = register_module("norm", new BatchNorm2dImpl(new BatchNormOptions(8)));
        private final LinearImpl linear = register_module("linear", new LinearImpl(8, 5));

        Net() {
            Conv2dOptions options = new Conv2dOptions(3, 8, new LongPointer(3, 3));
            options.padding().put(new LongPointer(1, 1));
            convolution = register_module("convolution", new Conv2dImpl(options));
        }

        Tensor forward(Tensor images) {
            Tensor maps = relu(norm.forward(convolution.forward(images)));
            return linear.forward(adaptive_avg_pool2d(maps, 1, 1).flatten(1, -1));
        }
    }

    public static void main(String[] arguments) {
        manual_seed(0);
        System.out.println("sum " + ones(2, 3).sum().item_float());

        Tensor images = randn(2, 3, 8, 8);
        Tensor weight = randn(4, 3, 3, 3).set_requires_grad(true);
        Tensor loss = conv2d(images, weight).pow(new Scalar(2)).mean();
        loss.backward();
        System.out.println("convolution " + loss.item_float() + " gradient " + weight.grad().norm().item_float());

        Net net = new Net();
        SGD optimizer = new SGD(net.parameters(), new SGDOptions(0.1));
        for (int step = 0; step < 5; step++) {
            optimizer.zero_grad();
            Tensor crossEntropy = cross_entropy_loss(net.forward(images), tensor(1L, 3L));
            crossEntropy.backward();
            optimizer.step();
            System.out.println("step " + step + " loss " + crossEntropy.item_float());
        }

        try {
            images.reshape(7, 7);
        } catch (RuntimeException e) {
            System.out.println("exception " + e.getMessage().lines().findFirst().orElse(""));
        }
        System.out.println("half " + new Half(1.5f).asFloat());
        System.out.println("gloo half " + gloo.cpu_half2float(gloo.cpu_float2half_rn(2.25f)));
        System.out.println("gloo device " + !ProcessGroupGloo.createDefaultDevice().str().isNull());
    }
}

package org.ascend4j.trainer.train;

import org.ascend4j.Ascend4jException;
import org.ascend4j.device.DeviceBackend;
import org.ascend4j.nn.ForwardObserver;
import org.ascend4j.nn.Layer;
import org.ascend4j.trainer.checkpoint.RunDescription;
import org.ascend4j.trainer.data.ImageSet;
import org.ascend4j.trainer.engine.TestData;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Shows which parts of an image contribute to a class, by Grad-CAM on the last feature map with more than one pixel.
 *
 * @see <a href="https://arxiv.org/abs/1610.02391">Grad-CAM: Visual Explanations from Deep Networks via Gradient-based Localization</a>
 * @since 0.1.0
 */
public final class Explainer {
    private final TrainedModel trained;
    private final DeviceBackend device;

    /** Prepares explanations; the caller still owns model and device. */
    public Explainer(TrainedModel trained, DeviceBackend device) {
        this.trained = trained;
        this.device = device;
    }

    /**
     * Explains one output for one image of the model's input size.
     *
     * @param image C x H x W unsigned bytes
     * @param label the output
     * @throws Ascend4jException if the network has no feature map with more than one pixel
     */
    public Explanation explain(byte[] image, int label) {
        RunDescription run = trained.run();
        ImageSet set =
                new ImageSet(run.channels(), run.height(), run.width(), image.clone(), new int[1], run.classNames());
        try (TestData data = new TestData(set, device, run.recipe().input());
                PointerScope scope = new PointerScope()) {
            // With a gradient for the input, gradients reach the feature maps even if all weights are frozen.
            Tensor input = data.pipeline().batch(0, 1).images().requires_grad_(true);
            LastMap observer = new LastMap();
            Tensor[] logits = new Tensor[1];
            Layer.observe(observer, () -> logits[0] = trained.model().forward(input));
            return new Explanation(
                    image.clone(), run.channels(), run.height(), run.width(), heat(observer.map(), logits[0], label));
        }
    }

    private float[] heat(Tensor map, Tensor logits, int label) {
        Tensor score = logits.select(1, label).sum();
        Tensor gradient =
                torch.grad(new TensorVector(score), new TensorVector(map)).get(0);
        Tensor weights = gradient.mean(new long[] {2, 3}, true, new ScalarTypeOptional());
        Tensor cam = torch.relu(map.mul(weights).sum(new long[] {1}, true, new ScalarTypeOptional()))
                .detach()
                .to(ScalarType.Float);
        RunDescription run = trained.run();
        Tensor large = torch.upsample_bilinear2d(cam, new long[] {run.height(), run.width()}, false)
                .cpu()
                .contiguous();
        float[] values = new float[run.height() * run.width()];
        large.data_ptr_float().get(values);
        return values;
    }

    /** Keeps the last feature map with more than one pixel of a forward pass. */
    private static final class LastMap implements ForwardObserver {
        private Tensor last;

        @Override
        public void before(Layer layer, Tensor input) {
            // Only outputs are needed.
        }

        @Override
        public void after(Layer layer, Tensor input, Tensor output) {
            if (output.dim() == 4 && output.size(2) * output.size(3) > 1) {
                // The layers close their outputs; this handle is the scope's.
                last = new Tensor(output);
            }
        }

        Tensor map() {
            if (last == null) {
                throw new Ascend4jException("an explanation expects a network with maps of more than one pixel,"
                        + " found none; enlarge the images (--resize) or take a stem that keeps them larger (--stem)");
            }
            return last;
        }
    }
}

package org.ascend4j.cli.doctor;

import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.Map;
import org.ascend4j.device.DeviceBackend;
import org.ascend4j.device.Layout;
import org.ascend4j.device.MixedPrecision;
import org.ascend4j.device.Precision;
import org.ascend4j.nn.loss.CrossEntropyLoss;
import org.ascend4j.optim.FlatParameters;
import org.ascend4j.optim.ParameterGroup;
import org.ascend4j.optim.Sgd;
import org.ascend4j.optim.SgdOptions;
import org.ascend4j.trainer.model.ImageClassifier;
import org.ascend4j.trainer.model.Models;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Trains the Ascend tutorial's GoogLeNet repeatedly on one batch of random images, with the same images and initial weights on every device. */
public final class SampleTraining implements AutoCloseable {
    private static final long SEED = 2014;
    private static final int CLASSES = 10;
    private static final double LEARNING_RATE = 0.01;
    private static final double MOMENTUM = 0.9;

    /** Keeps fp16 gradients above the smallest numbers of fp16; the learning rate is divided by it. */
    private static final double FP16_LOSS_SCALE = 1024;

    private final DeviceBackend device;
    private final Precision precision;
    private final double lossScale;
    private final ImageClassifier model;
    private final FlatParameters parameters;
    private final Sgd optimizer;
    private final Tensor images;
    private final Tensor labels;
    private Tensor loss;

    /**
     * Builds the model and moves it to the device with a batch of 3 x 32 x 32 images.
     *
     * @param batch number of images
     * @param precision precision of the forward and backward pass
     */
    public SampleTraining(DeviceBackend device, int batch, Precision precision) {
        this.device = device;
        this.precision = precision;
        lossScale = precision == Precision.FP16 ? FP16_LOSS_SCALE : 1;
        torch.manual_seed(SEED);
        model = Models.create("googlenet", 3, CLASSES, Map.of("initialisation", TextNode.valueOf("kaiming")));
        try (PointerScope scope = new PointerScope()) {
            images = torch.randn(batch, 3, 32, 32)
                    .to(device.device(), ScalarType.Float)
                    .retainReference();
            labels = torch.arange(new Scalar(batch))
                    .remainder(new Scalar(CLASSES))
                    .to(device.device(), ScalarType.Long)
                    .retainReference();
        }
        model.to(device.device(), false);
        model.train(true);
        parameters = new FlatParameters(model.namedParameters(), Layout.CONTIGUOUS);
        optimizer = new Sgd(
                List.of(new ParameterGroup(parameters, LEARNING_RATE / lossScale, MOMENTUM, 0)), SgdOptions.DEFAULT);
    }

    /** Trains one step without waiting for the device. */
    public void step() {
        try (PointerScope scope = new PointerScope()) {
            Tensor current;
            try (MixedPrecision region = device.mixedPrecision(precision)) {
                current = new CrossEntropyLoss().forward(model.forward(images), labels);
            }
            current.mul(new Scalar(lossScale)).backward();
            optimizer.step();
            optimizer.zeroGrad();
            keep(current.detach());
        }
    }

    private void keep(Tensor value) {
        if (loss != null) {
            loss.close();
        }
        loss = value.retainReference();
    }

    /** Returns the last step's loss; waits for the device. */
    public double loss() {
        return loss.item_float();
    }

    /** Returns a copy of all weights in the order of the model's parameters; waits for the device. */
    public float[] weights() {
        try (PointerScope scope = new PointerScope()) {
            Tensor host = parameters.values().detach().cpu();
            float[] copy = new float[Math.toIntExact(host.numel())];
            host.data_ptr_float().get(copy);
            return copy;
        }
    }

    @Override
    public void close() {
        if (loss != null) {
            loss.close();
        }
        optimizer.close();
        parameters.close();
        images.close();
        labels.close();
        model.close();
    }
}

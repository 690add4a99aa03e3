package org.ascend4j.trainer.model.googlenet;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.ascend4j.Ascend4jException;
import org.ascend4j.nn.AdaptiveAvgPool2d;
import org.ascend4j.nn.Dropout;
import org.ascend4j.nn.Flatten;
import org.ascend4j.nn.Layer;
import org.ascend4j.nn.Linear;
import org.ascend4j.nn.MaxPool2d;
import org.ascend4j.nn.ReLU;
import org.ascend4j.nn.Sequential;
import org.ascend4j.state.StateDict;
import org.ascend4j.trainer.model.ImageClassifier;
import org.bytedeco.pytorch.Tensor;

/**
 * GoogLeNet with the names and results of {@code torchvision.models.googlenet}: batch normalisation throughout,
 * poolings that round up, a 3x3 kernel instead of 5x5
 * (<a href="https://github.com/pytorch/vision/issues/906">torchvision issue 906</a>).
 *
 * @since 0.1.0
 */
public final class TorchvisionGoogLeNet extends ImageClassifier {
    private final GoogLeNetConfig config;
    private final boolean transformInput;
    private final List<Layer> before4b;
    private final List<Layer> before4e;
    private final List<Layer> rest;
    private final Layer aux1;
    private final Layer aux2;

    /** Makes the network for images normalised with ImageNet's means and deviations, on the CPU, in training mode. */
    public TorchvisionGoogLeNet(GoogLeNetConfig config) {
        this(config, false);
    }

    /** Makes the network; {@code transformInput} has the meaning of torchvision's {@code transform_input}, which its published weights need. */
    public TorchvisionGoogLeNet(GoogLeNetConfig config, boolean transformInput) {
        super("GoogLeNet");
        check(config, transformInput);
        this.config = config;
        this.transformInput = transformInput;
        before4b = List.of(
                child("conv1", new BasicConv2d(config.inputChannels(), 64, 7, 2)),
                child("maxpool1", halvingPool(3)),
                child("conv2", new BasicConv2d(64, 64, 1)),
                child("conv3", new BasicConv2d(64, 192, 3)),
                child("maxpool2", halvingPool(3)),
                child("inception3a", new TorchvisionInception(192, InceptionWidths.I3A)),
                child("inception3b", new TorchvisionInception(InceptionWidths.I3A.out(), InceptionWidths.I3B)),
                child("maxpool3", halvingPool(3)),
                child("inception4a", new TorchvisionInception(InceptionWidths.I3B.out(), InceptionWidths.I4A)));
        before4e = List.of(
                child("inception4b", new TorchvisionInception(InceptionWidths.I4A.out(), InceptionWidths.I4B)),
                child("inception4c", new TorchvisionInception(InceptionWidths.I4B.out(), InceptionWidths.I4C)),
                child("inception4d", new TorchvisionInception(InceptionWidths.I4C.out(), InceptionWidths.I4D)));
        Layer inception4e =
                child("inception4e", new TorchvisionInception(InceptionWidths.I4D.out(), InceptionWidths.I4E));
        Layer maxpool4 = child("maxpool4", halvingPool(2));
        Layer inception5a =
                child("inception5a", new TorchvisionInception(InceptionWidths.I4E.out(), InceptionWidths.I5A));
        Layer inception5b =
                child("inception5b", new TorchvisionInception(InceptionWidths.I5A.out(), InceptionWidths.I5B));
        aux1 = config.auxiliaryHeads() ? child("aux1", auxiliaryHead(InceptionWidths.I4A.out())) : null;
        aux2 = config.auxiliaryHeads() ? child("aux2", auxiliaryHead(InceptionWidths.I4D.out())) : null;
        rest = List.of(
                inception4e,
                maxpool4,
                inception5a,
                inception5b,
                child("avgpool", new AdaptiveAvgPool2d(1)),
                child("flatten", new Flatten()),
                child("dropout", new Dropout(config.dropout())),
                child("fc", new Linear(InceptionWidths.I5B.out(), config.classes())));
        config.initialisation().apply(this);
    }

    @Override
    public boolean submitsEqualSteps() {
        return true;
    }

    @Override
    public ImageClassifier emptyCopy() {
        return new TorchvisionGoogLeNet(config, transformInput);
    }

    @Override
    public String modelName() {
        return TorchvisionGoogLeNetFactory.NAME;
    }

    @Override
    public ObjectNode modelSettings() {
        return GoogLeNetSettings.of(config).put(TorchvisionGoogLeNetFactory.TRANSFORM_INPUT, transformInput);
    }

    @Override
    public int outputs() {
        return config.classes();
    }

    @Override
    public StateDict adapt(StateDict weights) {
        return ParameterNames.forHeads(weights, config.auxiliaryHeads());
    }

    @Override
    public List<String> heads() {
        return ParameterNames.heads(config.auxiliaryHeads());
    }

    /** Returns the network's configuration. */
    public GoogLeNetConfig config() {
        return config;
    }

    @Override
    public TrainingOutput forwardTraining(Tensor images) {
        if (aux1 == null || !is_training()) {
            return super.forwardTraining(images);
        }
        try (Tensor after4a = stem(images);
                Tensor after4d = Sequential.chain(before4e, after4a)) {
            List<Tensor> auxiliaryLogits = List.of(aux1.forward(after4a), aux2.forward(after4d));
            return new TrainingOutput(Sequential.chain(rest, after4d), auxiliaryLogits);
        }
    }

    @Override
    protected Tensor compute(Tensor images) {
        try (Tensor after4a = stem(images);
                Tensor after4d = Sequential.chain(before4e, after4a)) {
            return Sequential.chain(rest, after4d);
        }
    }

    private Tensor stem(Tensor images) {
        if (!transformInput) {
            return Sequential.chain(before4b, images);
        }
        try (Tensor transformed = ImageNetInput.transform(images)) {
            return Sequential.chain(before4b, transformed);
        }
    }

    private static void check(GoogLeNetConfig config, boolean transformInput) {
        if (config.stem() != Stem.IMAGENET || !config.batchNorm() || config.localResponseNorm()) {
            throw new Ascend4jException("googlenet-torchvision expects stem imagenet, batch normalisation and no local "
                    + "response normalisation, found stem " + config.stem() + ", batch normalisation "
                    + config.batchNorm() + " and local response normalisation " + config.localResponseNorm());
        }
        if (transformInput && config.inputChannels() != 3) {
            throw new Ascend4jException("transform_input expects 3 input channels, found " + config.inputChannels());
        }
    }

    private static MaxPool2d halvingPool(int kernel) {
        return new MaxPool2d(kernel, 2, 0, true);
    }

    private Sequential auxiliaryHead(int in) {
        return new Sequential()
                .add("pool", new AdaptiveAvgPool2d(4))
                .add("conv", new BasicConv2d(in, 128, 1))
                .add("flatten", new Flatten())
                .add("fc1", new Linear(128 * 4 * 4, 1024))
                .add("relu", new ReLU(true))
                .add("dropout", new Dropout(0.7))
                .add("fc2", new Linear(1024, config.classes()));
    }
}

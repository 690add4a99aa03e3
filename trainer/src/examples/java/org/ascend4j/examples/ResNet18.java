package org.ascend4j.examples;

import static org.ascend4j.nn.Sequential.chain;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.ascend4j.nn.AdaptiveAvgPool2d;
import org.ascend4j.nn.BatchNorm2d;
import org.ascend4j.nn.Conv2d;
import org.ascend4j.nn.Flatten;
import org.ascend4j.nn.Initialisation;
import org.ascend4j.nn.Layer;
import org.ascend4j.nn.Linear;
import org.ascend4j.nn.MaxPool2d;
import org.ascend4j.nn.ReLU;
import org.ascend4j.nn.Sequential;
import org.ascend4j.trainer.model.ImageClassifier;
import org.ascend4j.trainer.model.ModelFactory;
import org.bytedeco.pytorch.Tensor;

/** ResNet-18 (<a href="https://arxiv.org/abs/1512.03385">He et al., 2015</a>) with the parameter names of {@code torchvision.models.resnet18}. */
public final class ResNet18 extends ImageClassifier {
    private static final String NAME = "resnet18";

    private final int channels;
    private final int outputs;
    private final Stem stem;
    private final List<Layer> body = new ArrayList<>();

    ResNet18(int channels, int outputs, Stem stem) {
        super("ResNet18");
        this.channels = channels;
        this.outputs = outputs;
        this.stem = stem;
        if (stem == Stem.IMAGENET) {
            add("conv1", new Conv2d(channels, 64, 7, 2, 3, false));
        } else {
            add("conv1", new Conv2d(channels, 64, 3, 1, 1, false));
        }
        add("bn1", new BatchNorm2d(64));
        add("relu", new ReLU(true));
        if (stem == Stem.IMAGENET) {
            add("maxpool", new MaxPool2d(3, 2, 1, false));
        }
        add("layer1", stage(64, 64, 1));
        add("layer2", stage(64, 128, 2));
        add("layer3", stage(128, 256, 2));
        add("layer4", stage(256, 512, 2));
        add("avgpool", new AdaptiveAvgPool2d(1));
        add("flatten", new Flatten());
        add("fc", new Linear(512, outputs));
        Initialisation.KAIMING.apply(this);
    }

    private void add(String name, Layer layer) {
        body.add(child(name, layer));
    }

    private static Sequential stage(long in, long out, long stride) {
        return new Sequential(new Block(in, out, stride), new Block(out, out, 1));
    }

    @Override
    protected Tensor compute(Tensor images) {
        return chain(body, images);
    }

    @Override
    public String modelName() {
        return NAME;
    }

    @Override
    public ObjectNode modelSettings() {
        return stem.settings();
    }

    @Override
    public int outputs() {
        return outputs;
    }

    @Override
    public ImageClassifier emptyCopy() {
        return new ResNet18(channels, outputs, stem);
    }

    /** Two 3x3 convolutions whose result is added to their input. */
    private static final class Block extends Layer {
        private final List<Layer> residual;
        private final Layer shortcut;

        Block(long in, long out, long stride) {
            super("Block");
            residual = List.of(
                    child("conv1", new Conv2d(in, out, 3, stride, 1, false)),
                    child("bn1", new BatchNorm2d(out)),
                    child("relu", new ReLU(true)),
                    child("conv2", new Conv2d(out, out, 3, 1, 1, false)),
                    child("bn2", new BatchNorm2d(out)));
            // If the size or width changes, a 1x1 convolution gives the input the shape of the result.
            shortcut = stride == 1 && in == out
                    ? null
                    : child("downsample", new Sequential(new Conv2d(in, out, 1, stride, 0, false), new BatchNorm2d(out)));
        }

        @Override
        protected Tensor compute(Tensor input) {
            Tensor sum = chain(residual, input);
            if (shortcut == null) {
                sum.add_(input);
            } else {
                try (Tensor skipped = shortcut.forward(input)) {
                    sum.add_(skipped);
                }
            }
            sum.relu_();
            return sum;
        }
    }

    /** Makes ResNet-18 for {@code --model resnet18}; {@code --set model.stem=imagenet} for large images. */
    public static final class Factory implements ModelFactory {
        @Override
        public String name() {
            return NAME;
        }

        @Override
        public String description() {
            return "ResNet-18 with torchvision's names; stem: cifar (3x3) or imagenet (7x7/2 and a pooling)";
        }

        @Override
        public ObjectNode defaults() {
            return Stem.defaults();
        }

        @Override
        public ImageClassifier create(int channels, int outputs, ObjectNode settings) {
            return new ResNet18(channels, outputs, Stem.of(settings));
        }
    }
}

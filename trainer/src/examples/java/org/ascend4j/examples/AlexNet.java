package org.ascend4j.examples;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.ascend4j.Ascend4jException;
import org.ascend4j.nn.AdaptiveAvgPool2d;
import org.ascend4j.nn.Conv2d;
import org.ascend4j.nn.Dropout;
import org.ascend4j.nn.Flatten;
import org.ascend4j.nn.Linear;
import org.ascend4j.nn.MaxPool2d;
import org.ascend4j.nn.ReLU;
import org.ascend4j.nn.Sequential;
import org.ascend4j.trainer.model.ImageClassifier;
import org.ascend4j.trainer.model.ModelFactory;
import org.bytedeco.pytorch.Tensor;

/** AlexNet in one column (<a href="https://arxiv.org/abs/1404.5997">Krizhevsky, 2014</a>) with the parameter names of {@code torchvision.models.alexnet}. */
public final class AlexNet extends ImageClassifier {
    private static final String NAME = "alexnet";

    private final int channels;
    private final int outputs;
    private final Stem stem;
    private final double dropout;
    private final Sequential features;
    private final AdaptiveAvgPool2d avgpool;
    private final Flatten flatten;
    private final Sequential classifier;

    AlexNet(int channels, int outputs, Stem stem, double dropout) {
        super("AlexNet");
        this.channels = channels;
        this.outputs = outputs;
        this.stem = stem;
        this.dropout = dropout;
        Conv2d first = stem == Stem.IMAGENET
                ? new Conv2d(channels, 64, 11, 4, 2, true)
                : new Conv2d(channels, 64, 3, 2, 1, true);
        features = child(
                "features",
                new Sequential(
                        first,
                        new ReLU(true),
                        new MaxPool2d(3, 2, 0, false),
                        new Conv2d(64, 192, 5, 2),
                        new ReLU(true),
                        new MaxPool2d(3, 2, 0, false),
                        new Conv2d(192, 384, 3, 1),
                        new ReLU(true),
                        new Conv2d(384, 256, 3, 1),
                        new ReLU(true),
                        new Conv2d(256, 256, 3, 1),
                        new ReLU(true),
                        new MaxPool2d(3, 2, 0, false)));
        avgpool = child("avgpool", new AdaptiveAvgPool2d(6));
        flatten = child("flatten", new Flatten());
        classifier = child(
                "classifier",
                new Sequential(
                        new Dropout(dropout),
                        new Linear(256 * 6 * 6, 4096),
                        new ReLU(true),
                        new Dropout(dropout),
                        new Linear(4096, 4096),
                        new ReLU(true),
                        new Linear(4096, outputs)));
    }

    @Override
    protected Tensor compute(Tensor images) {
        try (Tensor maps = features.forward(images);
                Tensor pooled = avgpool.forward(maps);
                Tensor vectors = flatten.forward(pooled)) {
            return classifier.forward(vectors);
        }
    }

    @Override
    public String modelName() {
        return NAME;
    }

    @Override
    public ObjectNode modelSettings() {
        return stem.settings().put("dropout", dropout);
    }

    @Override
    public int outputs() {
        return outputs;
    }

    @Override
    public ImageClassifier emptyCopy() {
        return new AlexNet(channels, outputs, stem, dropout);
    }

    /** Makes AlexNet for {@code --model alexnet}; {@code --set model.stem=imagenet} for images of 63 px or more. */
    public static final class Factory implements ModelFactory {
        @Override
        public String name() {
            return NAME;
        }

        @Override
        public String description() {
            return "AlexNet with torchvision's names; stem: cifar (3x3/2) or imagenet (11x11/4)";
        }

        @Override
        public ObjectNode defaults() {
            return Stem.defaults().put("dropout", 0.5);
        }

        @Override
        public ImageClassifier create(int channels, int outputs, ObjectNode settings) {
            double dropout = settings.get("dropout").asDouble();
            if (!(dropout >= 0 && dropout < 1)) {
                throw new Ascend4jException("model.dropout expects a probability below 1, found " + dropout);
            }
            return new AlexNet(channels, outputs, Stem.of(settings), dropout);
        }
    }
}

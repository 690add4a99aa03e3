package org.ascend4j.examples;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.ascend4j.nn.AdaptiveAvgPool2d;
import org.ascend4j.nn.BatchNorm2d;
import org.ascend4j.nn.Conv2d;
import org.ascend4j.nn.Flatten;
import org.ascend4j.nn.Initialisation;
import org.ascend4j.nn.Linear;
import org.ascend4j.nn.ReLU;
import org.ascend4j.nn.Sequential;
import org.ascend4j.trainer.model.ImageClassifier;
import org.ascend4j.trainer.model.ModelFactory;
import org.bytedeco.pytorch.Tensor;

/**
 * MobileNet (<a href="https://arxiv.org/abs/1704.04861">Howard et al., 2017</a>), table 1: depthwise 3x3 convolutions,
 * each followed by a 1x1 convolution.
 */
public final class MobileNetV1 extends ImageClassifier {
    private static final String NAME = "mobilenet-v1";

    /** Width and stride of each pair of convolutions. */
    private static final int[][] PLAN = {
        {64, 1}, {128, 2}, {128, 1}, {256, 2}, {256, 1}, {512, 2}, {512, 1}, {512, 1}, {512, 1}, {512, 1}, {512, 1}, {1024, 2}, {1024, 1}
    };

    private final int channels;
    private final int outputs;
    private final Stem stem;
    private final Sequential features = child("features", new Sequential());
    private final AdaptiveAvgPool2d avgpool = child("avgpool", new AdaptiveAvgPool2d(1));
    private final Flatten flatten = child("flatten", new Flatten());
    private final Linear fc;

    MobileNetV1(int channels, int outputs, Stem stem) {
        super("MobileNetV1");
        this.channels = channels;
        this.outputs = outputs;
        this.stem = stem;
        long width = 32;
        add(Conv2d.of(channels, width, 3).stride(stem == Stem.IMAGENET ? 2 : 1).padding(1), width);
        for (int[] pair : PLAN) {
            add(Conv2d.of(width, width, 3).stride(pair[1]).padding(1).groups(width), width);
            add(Conv2d.of(width, pair[0], 1), pair[0]);
            width = pair[0];
        }
        fc = child("fc", new Linear(width, outputs));
        Initialisation.KAIMING.apply(this);
    }

    private void add(Conv2d.Builder convolution, long width) {
        features.add(
                String.valueOf(features.size()),
                new Sequential(convolution.bias(false).build(), new BatchNorm2d(width), new ReLU(true)));
    }

    @Override
    protected Tensor compute(Tensor images) {
        try (Tensor maps = features.forward(images);
                Tensor pooled = avgpool.forward(maps);
                Tensor vectors = flatten.forward(pooled)) {
            return fc.forward(vectors);
        }
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
        return new MobileNetV1(channels, outputs, stem);
    }

    /** Makes MobileNet for {@code --model mobilenet-v1}; {@code --set model.stem=imagenet} halves the image in the first convolution. */
    public static final class Factory implements ModelFactory {
        @Override
        public String name() {
            return NAME;
        }

        @Override
        public String description() {
            return "MobileNet of width 1; stem: cifar (stride 1) or imagenet (stride 2)";
        }

        @Override
        public ObjectNode defaults() {
            return Stem.defaults();
        }

        @Override
        public ImageClassifier create(int channels, int outputs, ObjectNode settings) {
            return new MobileNetV1(channels, outputs, Stem.of(settings));
        }
    }
}

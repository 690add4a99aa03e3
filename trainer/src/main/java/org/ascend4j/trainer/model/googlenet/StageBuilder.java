package org.ascend4j.trainer.model.googlenet;

import org.ascend4j.nn.Conv2d;
import org.ascend4j.nn.Layer;
import org.ascend4j.nn.LocalResponseNorm;
import org.ascend4j.nn.MaxPool2d;
import org.ascend4j.nn.ReLU;
import org.ascend4j.nn.Sequential;

/** Builds a stage whose layers are numbered as in the Ascend tutorial; a batch normalisation has its convolution's number with {@code _bn} appended. */
final class StageBuilder {
    private final Sequential stage = new Sequential();
    private final GoogLeNetConfig config;
    private int next;

    StageBuilder(GoogLeNetConfig config) {
        this.config = config;
    }

    /** Appends a convolution that keeps the size at stride 1, and a rectifier. */
    StageBuilder convolution(int in, int out, int kernel, int stride) {
        stage.add(String.valueOf(next), new Conv2d(in, out, kernel, stride, kernel / 2, !config.batchNorm()));
        if (config.batchNorm()) {
            stage.add(next + "_bn", config.norm(out));
        }
        next++;
        return layer(new ReLU(true));
    }

    /** Appends Inception blocks in sequence. */
    StageBuilder inceptions(int in, InceptionWidths... blocks) {
        int channels = in;
        for (InceptionWidths full : blocks) {
            InceptionWidths block = full.scaled(config.width());
            layer(new Inception(channels, block, config));
            channels = block.out();
        }
        return this;
    }

    /** Appends the 3x3/2 max pooling that halves the maps, rounding up. */
    StageBuilder halvingPool() {
        return layer(new MaxPool2d(3, 2, 1, false));
    }

    /** Appends the local response normalisation with the constants of the paper's network if {@code wanted}. */
    StageBuilder localResponseNorm(boolean wanted) {
        return wanted ? layer(new LocalResponseNorm(5, 1e-4, 0.75, 1)) : this;
    }

    StageBuilder layer(Layer layer) {
        stage.add(String.valueOf(next++), layer);
        return this;
    }

    Sequential build() {
        return stage;
    }
}

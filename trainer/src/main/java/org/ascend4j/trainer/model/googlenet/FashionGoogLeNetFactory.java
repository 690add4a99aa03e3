package org.ascend4j.trainer.model.googlenet;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.ascend4j.trainer.model.ImageClassifier;
import org.ascend4j.trainer.model.ModelFactory;

/**
 * Makes the Fashion tutorial's GoogLeNet.
 *
 * @since 0.1.0
 */
public final class FashionGoogLeNetFactory implements ModelFactory {
    static final String NAME = "googlenet-fashion";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String description() {
        return "GoogLeNet of the Fashion tutorial for Fashion-MNIST at 224 px: googlenet with dropout 0.4.";
    }

    @Override
    public ObjectNode defaults() {
        return GoogLeNetSettings.of(GoogLeNetConfig.fashion());
    }

    @Override
    public ImageClassifier create(int channels, int outputs, ObjectNode settings) {
        return new GoogLeNet(NAME, GoogLeNetSettings.config(channels, outputs, settings));
    }

    @Override
    public Usual usual() {
        return new Usual(1, 224, 224, 10);
    }
}

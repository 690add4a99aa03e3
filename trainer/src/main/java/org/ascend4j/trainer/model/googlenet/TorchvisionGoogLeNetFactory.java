package org.ascend4j.trainer.model.googlenet;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.ascend4j.trainer.model.ImageClassifier;
import org.ascend4j.trainer.model.ModelFactory;

/** Makes GoogLeNet in the tree of torchvision. */
public final class TorchvisionGoogLeNetFactory implements ModelFactory {
    static final String NAME = "googlenet-torchvision";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String description() {
        return "GoogLeNet as torchvision has it, with batch normalisation and auxiliary heads.";
    }

    @Override
    public ObjectNode defaults() {
        return GoogLeNetSettings.of(GoogLeNetConfig.torchvision());
    }

    @Override
    public ImageClassifier create(int channels, int outputs, ObjectNode settings) {
        return new TorchvisionGoogLeNet(GoogLeNetSettings.config(channels, outputs, settings));
    }

    @Override
    public Usual usual() {
        return new Usual(3, 224, 224, 1000);
    }
}

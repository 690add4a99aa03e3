package org.ascend4j.trainer.model.googlenet;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.ascend4j.state.StateDict;
import org.ascend4j.trainer.model.ImageClassifier;
import org.ascend4j.trainer.model.ModelFactory;

/**
 * Makes the Ascend tutorial's GoogLeNet.
 *
 * @since 0.1.0
 */
public final class GoogLeNetFactory implements ModelFactory {
    static final String NAME = "googlenet";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String description() {
        return "GoogLeNet of the Ascend tutorial for CIFAR-10.";
    }

    @Override
    public ObjectNode defaults() {
        return GoogLeNetSettings.of(GoogLeNetConfig.article());
    }

    @Override
    public ImageClassifier create(int channels, int outputs, ObjectNode settings) {
        return new GoogLeNet(NAME, GoogLeNetSettings.config(channels, outputs, settings));
    }

    @Override
    public Map<String, UnaryOperator<StateDict>> namings() {
        return Map.of("ascend", Namings::ascend, "fashion", Namings::fashion);
    }
}

package org.ascend4j.trainer.model.googlenet;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.ascend4j.state.StateDict;
import org.ascend4j.trainer.model.ImageClassifier;
import org.ascend4j.trainer.model.ModelFactory;

/**
 * Makes GoogLeNet with torchvision's module structure.
 *
 * @since 0.1.0
 */
public final class TorchvisionGoogLeNetFactory implements ModelFactory {
    static final String NAME = "googlenet-torchvision";

    /** The name of torchvision's argument that its published weights need. */
    static final String TRANSFORM_INPUT = "transform_input";

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
        return GoogLeNetSettings.of(GoogLeNetConfig.torchvision()).put(TRANSFORM_INPUT, false);
    }

    @Override
    public ImageClassifier create(int channels, int outputs, ObjectNode settings) {
        return new TorchvisionGoogLeNet(
                GoogLeNetSettings.config(channels, outputs, settings),
                settings.get(TRANSFORM_INPUT).asBoolean());
    }

    @Override
    public Usual usual() {
        return new Usual(3, 224, 224, 1000);
    }

    @Override
    public Map<String, UnaryOperator<StateDict>> namings() {
        return Map.of("torchvision", Namings::torchvision);
    }
}

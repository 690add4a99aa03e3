package org.ascend4j.trainer.model.googlenet;

import org.ascend4j.nn.Dropout;
import org.ascend4j.nn.Layer;

/** Disables dropout in a network in training mode, for comparisons with Python. */
final class Dropouts {
    private Dropouts() {}

    static void switchOff(Layer layer) {
        layer.tree().stream().filter(Dropout.class::isInstance).forEach(Layer::eval);
    }
}

package org.ascend4j.trainer.model.googlenet;

import org.ascend4j.nn.Dropout;
import org.ascend4j.nn.Layer;

/** Takes the chance out of a network in training mode, for comparisons with Python. */
final class Dropouts {
    private Dropouts() {}

    static void switchOff(Layer layer) {
        if (layer instanceof Dropout) {
            layer.eval();
        }
        layer.childLayers().values().forEach(Dropouts::switchOff);
    }
}

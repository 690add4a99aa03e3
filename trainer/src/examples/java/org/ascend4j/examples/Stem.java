package org.ascend4j.examples;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import org.ascend4j.Ascend4jException;

/** The first layers of a network: as in its paper, for images of 224 px, or smaller, for CIFAR-10's 32 px. */
enum Stem {
    IMAGENET,
    CIFAR;

    /** Returns the setting's default. */
    static ObjectNode defaults() {
        return CIFAR.settings();
    }

    /** Reads the setting {@code model.stem}. */
    static Stem of(ObjectNode settings) {
        String label = settings.get("stem").asText();
        for (Stem stem : values()) {
            if (stem.label().equals(label)) {
                return stem;
            }
        }
        throw new Ascend4jException("model.stem expects imagenet or cifar, found " + label);
    }

    /** Returns the settings that are stored in a checkpoint. */
    ObjectNode settings() {
        return JsonNodeFactory.instance.objectNode().put("stem", label());
    }

    private String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}

package org.ascend4j.trainer.input;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import org.ascend4j.Ascend4jException;
import org.ascend4j.Printable;

/**
 * Which training images are mirrored.
 *
 * @since 0.1.0
 */
public enum Flip {
    /** No image. */
    NONE(false),
    /** Each image with a probability of one half in each epoch: torchvision's {@code RandomHorizontalFlip}. */
    RANDOM(true),
    /**
     * A random half of the images in the first epoch, the other half in the second one, and so on in turn, as in
     * <a href="https://arxiv.org/abs/2404.00498">airbench</a>: two epochs in a row show both forms of each image.
     */
    ALTERNATING("alternating");

    private final Object setting;

    Flip(Object setting) {
        this.setting = setting;
    }

    /** Returns the constant for a setting of a recipe: true or false, or a name. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static Flip of(JsonNode setting) {
        return switch (setting.asText()) {
            case "false", "none" -> NONE;
            case "true", "random" -> RANDOM;
            case "alternating" -> ALTERNATING;
            default ->
                throw new Ascend4jException(
                        "input.flip expects true, false, random, alternating or none, found " + Printable.of(setting));
        };
    }

    /** Returns the setting of a recipe; true and false can also be read by versions before alternating flips. */
    @JsonValue
    Object setting() {
        return setting;
    }
}

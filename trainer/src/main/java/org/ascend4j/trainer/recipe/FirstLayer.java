package org.ascend4j.trainer.recipe;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import org.ascend4j.Ascend4jException;
import org.ascend4j.Printable;

/**
 * How the weights of a network's first convolution start, and whether they are trained.
 *
 * @since 0.1.0
 */
public enum FirstLayer {
    /** As the other layers. */
    INITIALISED,
    /** With filters that whiten patches of the training images, from which they are trained. */
    WHITENED,
    /** With these filters, which stay: <a href="https://arxiv.org/abs/2404.00498">airbench</a>. */
    WHITENED_FROZEN;

    /** Returns the constant with a name. */
    @JsonCreator
    static FirstLayer of(String name) {
        for (FirstLayer value : values()) {
            if (value.setting().equals(name)) {
                return value;
            }
        }
        throw new Ascend4jException(
                "first_layer expects initialised, whitened or whitened_frozen, found " + Printable.of(name));
    }

    /** Returns the name in recipes. */
    @JsonValue
    String setting() {
        return name().toLowerCase(Locale.ROOT);
    }
}

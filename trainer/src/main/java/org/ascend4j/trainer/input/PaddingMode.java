package org.ascend4j.trainer.input;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import org.ascend4j.Ascend4jException;
import org.ascend4j.Printable;

/**
 * What the border around an image holds from which random crops are cut: torchvision's {@code padding_mode}.
 *
 * @since 0.1.0
 */
public enum PaddingMode {
    /** Black. */
    CONSTANT,
    /** The image's own pixels, mirrored at the outermost ones, which are not repeated. */
    REFLECT;

    /** Returns the constant with a name. */
    @JsonCreator
    static PaddingMode of(String name) {
        return switch (name) {
            case "constant" -> CONSTANT;
            case "reflect" -> REFLECT;
            default ->
                throw new Ascend4jException(
                        "input.crop_padding_mode expects constant or reflect, found " + Printable.of(name));
        };
    }

    /** Returns the name in recipes. */
    @JsonValue
    String setting() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the pixel of a line of {@code size} pixels that stands at {@code place}, which may be up to {@code size - 1} pixels outside; -1 for black. */
    int source(int place, int size) {
        if (place >= 0 && place < size) {
            return place;
        }
        if (this == CONSTANT) {
            return -1;
        }
        return place < 0 ? -place : 2 * (size - 1) - place;
    }
}

package org.ascend4j.trainer.export;

import java.util.Locale;

/**
 * Where images are resized and normalised.
 *
 * @since 0.1.0
 */
public enum Preprocessing {
    /** Outside the model, which takes resized and normalised floats. */
    BESIDE,
    /** Inside the model, which takes bytes from 0 to 255. */
    INSIDE,
    /** Inside the model, which takes floats from 0 to 1. */
    INSIDE_UNIT;

    /** Returns the name used by the command line and the metadata, such as {@code inside-unit}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}

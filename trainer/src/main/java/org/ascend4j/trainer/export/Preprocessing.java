package org.ascend4j.trainer.export;

import java.util.Locale;

/** Where images become what a network was trained on. */
public enum Preprocessing {
    /** Before the model, which takes resized and normalised floats. */
    BESIDE,
    /** In the model, which takes bytes from 0 to 255. */
    INSIDE,
    /** In the model, which takes floats from 0 to 1. */
    INSIDE_UNIT;

    /** Returns the name that the command line and metadata use, such as {@code inside-unit}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}

package org.ascend4j.trainer.progress;

import java.util.Locale;

/**
 * Which images a run evaluates after its epochs.
 *
 * @since 0.1.0
 */
public enum Evaluated {
    /** The test images. */
    TEST,
    /** The validation images; the test images in the end. */
    VALIDATION;

    /** Returns {@code test} or {@code validation}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}

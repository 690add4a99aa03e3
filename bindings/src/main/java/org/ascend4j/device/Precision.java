package org.ascend4j.device;

import java.util.Locale;

/**
 * The precision of the forward and backward pass; weights stay in fp32.
 *
 * @since 0.1.0
 */
public enum Precision {
    FP32,
    FP16,
    BF16;

    /** Returns the precision with a given name such as {@code bf16}. */
    public static Precision parse(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }
}

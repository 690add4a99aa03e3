package org.ascend4j;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Finds enum constants by the names that users write: the results of {@code toString}.
 *
 * <p><b>Not public API</b>: the modules of this project share it.
 *
 * @since 0.1.0
 */
public final class Labels {
    private Labels() {}

    /**
     * Returns the constant whose {@code toString} is {@code label}.
     *
     * @param what a description of the value, for the error's sentence
     * @throws Ascend4jException if there is none; the message lists all constants
     */
    public static <E extends Enum<E>> E parse(Class<E> type, String what, String label) {
        E[] constants = type.getEnumConstants();
        return Arrays.stream(constants)
                .filter(constant -> constant.toString().equals(label))
                .findFirst()
                .orElseThrow(() -> new Ascend4jException(what + " expects one of "
                        + Arrays.stream(constants).map(E::toString).collect(Collectors.joining(", ")) + ", found '"
                        + label + "'"));
    }
}

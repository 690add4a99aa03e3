package org.ascend4j;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Enum constants by the names that users write: what their {@code toString} gives. */
public final class Labels {
    private Labels() {}

    /**
     * Returns the constant that calls itself {@code label}.
     *
     * @param what what is being named, for the error's sentence
     * @throws Ascend4jException naming all constants, if there is none
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

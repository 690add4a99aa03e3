package org.ascend4j.cli.doctor;

import java.util.List;
import java.util.function.Supplier;

/**
 * One link of the chain.
 *
 * @param name what is looked at
 * @param needs the names of checks without which this one cannot be tried
 * @param look looks; an {@link org.ascend4j.Ascend4jException} means failed
 */
public record Check(String name, List<String> needs, Supplier<Finding> look) {
    /** Makes a check that can always be tried. */
    public Check(String name, Supplier<Finding> look) {
        this(name, List.of(), look);
    }
}

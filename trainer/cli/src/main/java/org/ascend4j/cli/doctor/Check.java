package org.ascend4j.cli.doctor;

import java.util.List;
import java.util.function.Supplier;

/**
 * One check in the chain between this process and the device.
 *
 * @param name the name of what is checked
 * @param needs the names of the checks that must succeed before this one can run
 * @param look runs the check; an {@link org.ascend4j.Ascend4jException} means that it failed
 */
public record Check(String name, List<String> needs, Supplier<Finding> look) {
    /** Makes a check without prerequisites. */
    public Check(String name, Supplier<Finding> look) {
        this(name, List.of(), look);
    }
}

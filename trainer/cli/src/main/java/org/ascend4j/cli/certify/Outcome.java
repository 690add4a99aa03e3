package org.ascend4j.cli.certify;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How a trial ended.
 *
 * @param passed whether the device gave the expected result
 * @param summary a summary in one line
 * @param figures all measured values, by name
 */
public record Outcome(boolean passed, String summary, Map<String, Object> figures) {
    /** Makes an outcome without figures; {@link #with} adds them. */
    public Outcome(boolean passed, String summary) {
        this(passed, summary, new LinkedHashMap<>());
    }

    /** Adds a figure. */
    public Outcome with(String name, Object value) {
        figures.put(name, value);
        return this;
    }
}

package org.ascend4j.cli.certify;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How a trial ended.
 *
 * @param passed whether the device did what is expected
 * @param summary one line
 * @param figures everything that was measured, by name
 */
public record Outcome(boolean passed, String summary, Map<String, Object> figures) {
    /** Makes an outcome without figures, to be filled by {@link #with}. */
    public Outcome(boolean passed, String summary) {
        this(passed, summary, new LinkedHashMap<>());
    }

    /** Adds a figure. */
    public Outcome with(String name, Object value) {
        figures.put(name, value);
        return this;
    }
}

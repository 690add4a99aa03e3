package org.ascend4j.trainer.tune;

import java.util.List;

/**
 * Values from a list, each as probable as the others.
 *
 * @param setting the setting's path
 * @param values the values as YAML, two or more
 * @since 0.1.0
 */
public record Choices(String setting, List<String> values) implements Parameter {
    /** Copies the values. */
    public Choices {
        values = List.copyOf(values);
    }

    @Override
    public String value(double share) {
        return values.get((int) (share * values.size()));
    }

    @Override
    public boolean contains(String value) {
        return values.contains(value);
    }

    @Override
    public long size() {
        return values.size();
    }

    @Override
    public String text() {
        return setting + "=" + String.join(",", values);
    }
}

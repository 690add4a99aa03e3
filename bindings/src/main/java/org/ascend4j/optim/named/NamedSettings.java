package org.ascend4j.optim.named;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * Validated settings with defaults filled in, and with the name of the factory under {@code type}.
 *
 * @since 0.1.0
 */
public final class NamedSettings {
    static final String TYPE = "type";

    private final ObjectNode values;

    NamedSettings(ObjectNode values) {
        this.values = values;
    }

    /** Returns the name of the optimiser or schedule. */
    public String type() {
        return text(TYPE);
    }

    /** Returns whether an optional setting has a value. */
    public boolean has(String name) {
        return !value(name).isNull();
    }

    /** Returns a number setting. */
    public double number(String name) {
        return value(name).asDouble();
    }

    /** Returns an integer setting. */
    public int count(String name) {
        return value(name).asInt();
    }

    /** Returns a boolean setting. */
    public boolean flag(String name) {
        return value(name).asBoolean();
    }

    /** Returns a text setting. */
    public String text(String name) {
        return value(name).asText();
    }

    /** Returns a setting that is a list of numbers. */
    public List<Double> numbers(String name) {
        List<Double> numbers = new ArrayList<>();
        value(name).forEach(element -> numbers.add(element.asDouble()));
        return numbers;
    }

    /** Returns all values as a new tree, from which the same settings can be read. */
    public ObjectNode tree() {
        return values.deepCopy();
    }

    private JsonNode value(String name) {
        JsonNode value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException(type() + " has no setting " + name);
        }
        return value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NamedSettings settings && values.equals(settings.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    @Override
    public String toString() {
        return values.toString();
    }
}

package org.ascend4j.optim.named;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** Checked values of settings, the defaults filled in, and under {@code type} the name of what they are for. */
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

    /** Says whether a setting that may be left open has a value. */
    public boolean has(String name) {
        return !value(name).isNull();
    }

    /** Returns a number. */
    public double number(String name) {
        return value(name).asDouble();
    }

    /** Returns a whole number. */
    public int count(String name) {
        return value(name).asInt();
    }

    /** Returns a yes or no. */
    public boolean flag(String name) {
        return value(name).asBoolean();
    }

    /** Returns a word. */
    public String text(String name) {
        return value(name).asText();
    }

    /** Returns a list of numbers. */
    public List<Double> numbers(String name) {
        List<Double> numbers = new ArrayList<>();
        value(name).forEach(element -> numbers.add(element.asDouble()));
        return numbers;
    }

    /** Returns all values as a tree of their own, which reads as these settings again. */
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

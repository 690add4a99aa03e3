package org.ascend4j.optim.named;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.function.DoublePredicate;
import java.util.function.UnaryOperator;

/**
 * One setting of an optimiser or a schedule.
 *
 * @param name its key
 * @param byDefault the default value; null for a required setting
 * @param expected a description of the valid values, as used in errors
 * @param most the largest accepted number
 * @param reader converts a given value, or returns null if it is invalid
 * @since 0.1.0
 */
public record Setting(String name, JsonNode byDefault, String expected, double most, UnaryOperator<JsonNode> reader) {
    /** The limit for counts and rates: a larger value is a typing error and would overflow. */
    private static final double MOST = 1e6;

    private static Setting of(String name, JsonNode byDefault, String expected, UnaryOperator<JsonNode> reader) {
        return new Setting(name, byDefault, expected, Double.MAX_VALUE, reader);
    }

    private Setting atMost(double limit) {
        return new Setting(name, byDefault, expected, limit, reader);
    }

    /** A number of at least 0. */
    public static Setting notNegative(String name, double byDefault) {
        return number(name, byDefault, "a number of at least 0", value -> value >= 0)
                .atMost(MOST);
    }

    /** A learning rate: from 0 to the largest number of fp32. */
    public static Setting rate(String name, double byDefault) {
        return number(name, byDefault, "a number of at least 0", value -> value >= 0)
                .atMost(Float.MAX_VALUE);
    }

    /** A number above 0. */
    public static Setting positive(String name, double byDefault) {
        return number(name, byDefault, "a positive number", value -> value > 0).atMost(MOST * MOST);
    }

    /** A number from {@code low} to {@code high}, both included. */
    public static Setting between(String name, double byDefault, double low, double high) {
        return number(name, byDefault, low + " to " + high, value -> value >= low && value <= high);
    }

    /** A finite number that satisfies a condition. */
    public static Setting number(String name, double byDefault, String expected, DoublePredicate fits) {
        return of(name, new DoubleNode(byDefault), expected, node -> {
            double value = parse(node);
            return Double.isFinite(value) && fits.test(value) ? new DoubleNode(value) : null;
        });
    }

    /** An integer of at least {@code least}. */
    public static Setting count(String name, int byDefault, int least) {
        return of(name, new IntNode(byDefault), "a whole number of at least " + least, node -> {
                    double value = parse(node);
                    return value >= least && value == (int) value ? new IntNode((int) value) : null;
                })
                .atMost(MOST);
    }

    /** A boolean. */
    public static Setting flag(String name, boolean byDefault) {
        return of(name, BooleanNode.valueOf(byDefault), "true or false", node -> switch (node.asText()) {
            case "true" -> BooleanNode.TRUE;
            case "false" -> BooleanNode.FALSE;
            default -> null;
        });
    }

    /** One of several words; the first is the default. */
    public static Setting choice(String name, String... words) {
        return of(
                name,
                new TextNode(words[0]),
                String.join(" or ", words),
                node -> List.of(words).contains(node.asText()) ? new TextNode(node.asText()) : null);
    }

    /** Numbers from {@code low} to {@code high}: as many as the default has, or any number of them if the default is empty. */
    public static Setting numbers(String name, double low, double high, double... byDefault) {
        ArrayNode values = JsonNodeFactory.instance.arrayNode();
        for (double value : byDefault) {
            values.add(value);
        }
        String count = byDefault.length == 0 ? "a list of numbers" : byDefault.length + " numbers";
        return of(name, values, count + " from " + low + " to " + high, node -> {
            if (!node.isArray() || byDefault.length > 0 && node.size() != byDefault.length) {
                return null;
            }
            ArrayNode read = JsonNodeFactory.instance.arrayNode();
            for (JsonNode element : node) {
                double value = parse(element);
                if (!(value >= low && value <= high)) {
                    return null;
                }
                read.add(value);
            }
            return read;
        });
    }

    /** Returns this setting as a required one. */
    public Setting required() {
        return new Setting(name, null, expected, most, reader);
    }

    /** Returns this setting as an optional one, without a default. */
    public Setting optional() {
        return new Setting(name, NullNode.instance, expected, most, reader);
    }

    /** Returns the converted value, the default if no value is given, or null if the value is invalid. */
    JsonNode read(JsonNode given) {
        JsonNode node = given == null ? MissingNode.getInstance() : given;
        return node.isMissingNode() || node.isNull() ? byDefault : reader.apply(node);
    }

    /** Returns a number, including one that YAML parses as text, such as 1e-4; NaN if the value is not a number. */
    private static double parse(JsonNode node) {
        if (node.isNumber()) {
            return node.asDouble();
        }
        try {
            return node.isTextual() ? Double.parseDouble(node.asText()) : Double.NaN;
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }
}

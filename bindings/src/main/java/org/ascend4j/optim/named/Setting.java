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
 * @param byDefault what stands where nothing is said; null for a setting that must be said
 * @param expected what fits, as an error tells it
 * @param most the largest number that can be meant
 * @param reader returns what a given value means, or null where it does not fit
 */
public record Setting(String name, JsonNode byDefault, String expected, double most, UnaryOperator<JsonNode> reader) {
    /** No count or rate exceeds this: what does is a slip of the keyboard, and would overflow. */
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

    /** A finite number that fits a condition. */
    public static Setting number(String name, double byDefault, String expected, DoublePredicate fits) {
        return of(name, new DoubleNode(byDefault), expected, node -> {
            double value = parse(node);
            return Double.isFinite(value) && fits.test(value) ? new DoubleNode(value) : null;
        });
    }

    /** A whole number of at least {@code least}. */
    public static Setting count(String name, int byDefault, int least) {
        return of(name, new IntNode(byDefault), "a whole number of at least " + least, node -> {
                    double value = parse(node);
                    return value >= least && value == (int) value ? new IntNode((int) value) : null;
                })
                .atMost(MOST);
    }

    /** Yes or no. */
    public static Setting flag(String name, boolean byDefault) {
        return of(name, BooleanNode.valueOf(byDefault), "true or false", node -> switch (node.asText()) {
            case "true" -> BooleanNode.TRUE;
            case "false" -> BooleanNode.FALSE;
            default -> null;
        });
    }

    /** One of some words, the first by default. */
    public static Setting choice(String name, String... words) {
        return of(
                name,
                new TextNode(words[0]),
                String.join(" or ", words),
                node -> List.of(words).contains(node.asText()) ? new TextNode(node.asText()) : null);
    }

    /** Numbers from {@code low} to {@code high}: as many as there are by default, or any number of them where there are none. */
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

    /** Returns this as a setting that must be said. */
    public Setting required() {
        return new Setting(name, null, expected, most, reader);
    }

    /** Returns this as a setting that may be left open. */
    public Setting optional() {
        return new Setting(name, NullNode.instance, expected, most, reader);
    }

    /** Returns what a given value means, the default for none, or null where it does not fit. */
    JsonNode read(JsonNode given) {
        JsonNode node = given == null ? MissingNode.getInstance() : given;
        return node.isMissingNode() || node.isNull() ? byDefault : reader.apply(node);
    }

    /** Returns a number, also one that YAML takes for a text, as 1e-4; NaN for what is none. */
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

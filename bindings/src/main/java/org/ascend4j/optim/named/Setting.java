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
 * @param reader returns what a given value means, or null where it does not fit
 */
public record Setting(String name, JsonNode byDefault, String expected, UnaryOperator<JsonNode> reader) {
    /** A number of at least 0. */
    public static Setting notNegative(String name, double byDefault) {
        return number(name, byDefault, "a number of at least 0", value -> value >= 0);
    }

    /** A number above 0. */
    public static Setting positive(String name, double byDefault) {
        return number(name, byDefault, "a positive number", value -> value > 0);
    }

    /** A number from {@code low} to {@code high}, both included. */
    public static Setting between(String name, double byDefault, double low, double high) {
        return number(name, byDefault, low + " to " + high, value -> value >= low && value <= high);
    }

    /** A finite number that fits a condition. */
    public static Setting number(String name, double byDefault, String expected, DoublePredicate fits) {
        return new Setting(name, new DoubleNode(byDefault), expected, node -> {
            double value = parse(node);
            return Double.isFinite(value) && fits.test(value) ? new DoubleNode(value) : null;
        });
    }

    /** A whole number of at least {@code least}. */
    public static Setting count(String name, int byDefault, int least) {
        return new Setting(name, new IntNode(byDefault), "a whole number of at least " + least, node -> {
            double value = parse(node);
            return value >= least && value == (int) value ? new IntNode((int) value) : null;
        });
    }

    /** Yes or no. */
    public static Setting flag(String name, boolean byDefault) {
        return new Setting(name, BooleanNode.valueOf(byDefault), "true or false", node -> switch (node.asText()) {
            case "true" -> BooleanNode.TRUE;
            case "false" -> BooleanNode.FALSE;
            default -> null;
        });
    }

    /** One of some words, the first by default. */
    public static Setting choice(String name, String... words) {
        return new Setting(
                name,
                new TextNode(words[0]),
                String.join(" or ", words),
                node -> List.of(words).contains(node.asText()) ? new TextNode(node.asText()) : null);
    }

    /** As many numbers as there are by default, or any number of them where there are none. */
    public static Setting numbers(String name, double... byDefault) {
        ArrayNode values = JsonNodeFactory.instance.arrayNode();
        for (double value : byDefault) {
            values.add(value);
        }
        String expected = byDefault.length == 0 ? "a list of numbers" : byDefault.length + " numbers";
        return new Setting(name, values, expected, node -> {
            if (!node.isArray() || byDefault.length > 0 && node.size() != byDefault.length) {
                return null;
            }
            ArrayNode read = JsonNodeFactory.instance.arrayNode();
            for (JsonNode element : node) {
                if (!Double.isFinite(parse(element))) {
                    return null;
                }
                read.add(parse(element));
            }
            return read;
        });
    }

    /** Returns this as a setting that must be said. */
    public Setting required() {
        return new Setting(name, null, expected, reader);
    }

    /** Returns this as a setting that may be left open. */
    public Setting optional() {
        return new Setting(name, NullNode.instance, expected, reader);
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

package org.ascend4j.trainer.recipe;

import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.ascend4j.Ascend4jException;
import org.ascend4j.Nearest;
import org.ascend4j.Printable;

/** Explains in the user's terms why settings do not bind to a recipe. */
final class Misfit {
    private Misfit() {}

    /** Returns the sentence: the setting, what was expected and what was found. */
    static Ascend4jException explain(JsonNode tree, JsonMappingException failure) {
        if (failure.getCause() instanceof Ascend4jException cause) {
            return cause;
        }
        String setting = path(failure);
        if (failure instanceof UnrecognizedPropertyException unknown) {
            List<String> known = unknown.getKnownPropertyIds().stream()
                    .map(String::valueOf)
                    .sorted()
                    .toList();
            return new Ascend4jException("recipe has no setting '" + setting + "'; expected one of "
                    + String.join(", ", known) + Nearest.hint(unknown.getPropertyName(), known));
        }
        JsonNode found = find(tree, failure);
        if (found.isMissingNode() || found.isNull()) {
            return new Ascend4jException("recipe setting '" + setting + "' expects a value, found nothing");
        }
        String expected = kind(target(failure));
        return new Ascend4jException(
                "recipe setting '" + setting + "' does not fit: it expects " + expected + ", found "
                        + Printable.of(found),
                failure);
    }

    private static Class<?> target(JsonMappingException failure) {
        if (failure.getCause() instanceof InputCoercionException range) {
            return range.getTargetType();
        }
        return failure instanceof MismatchedInputException mismatch ? mismatch.getTargetType() : null;
    }

    private static String path(JsonMappingException failure) {
        return Printable.of(failure.getPath().stream().map(Misfit::name).collect(Collectors.joining(".")));
    }

    private static String name(JsonMappingException.Reference step) {
        return step.getFieldName() == null ? Integer.toString(step.getIndex()) : step.getFieldName();
    }

    private static JsonNode find(JsonNode tree, JsonMappingException failure) {
        JsonNode node = tree;
        for (JsonMappingException.Reference step : failure.getPath()) {
            node = step.getFieldName() == null ? node.path(step.getIndex()) : node.path(step.getFieldName());
        }
        return node;
    }

    private static String kind(Class<?> type) {
        if (type == int.class || type == Integer.class) {
            return "a whole number of at most " + Integer.MAX_VALUE;
        } else if (type == double.class || type == Double.class) {
            return "a number";
        } else if (type == boolean.class || type == Boolean.class) {
            return "true or false";
        } else if (type == String.class) {
            return "a text";
        } else if (type != null && Collection.class.isAssignableFrom(type)) {
            return "a list";
        }
        return "a mapping of settings";
    }
}

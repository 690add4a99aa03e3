package org.ascend4j.trainer.recipe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.ascend4j.Ascend4jException;
import org.ascend4j.Printable;

/**
 * Finds recipes by name or file, applies overrides and checks the result.
 *
 * @since 0.1.0
 */
public final class Recipes {
    /** The built-in recipes. */
    public static final List<String> NAMES =
            List.of("ascend", "ascend-verbatim", "best", "fashion", "fast", "quick", "shapes");

    private static final String MODEL = "model.kind";

    private static final ObjectMapper BINDER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .build();

    private Recipes() {}

    /** Returns a built-in recipe or the recipe in a YAML file. */
    public static Recipe named(String nameOrFile) {
        return bind(tree(nameOrFile));
    }

    /**
     * Returns the settings of a built-in recipe or of a YAML file. A file may extend another recipe with
     * {@code extends}, given as a name or as a file name relative to the extending file.
     */
    public static ObjectNode tree(String nameOrFile) {
        return RecipeFile.tree(nameOrFile);
    }

    /** Applies overrides such as {@code schedule.max_lr -> 0.2} (values in YAML) to a copy of the settings. */
    public static ObjectNode override(ObjectNode tree, Map<String, String> overrides) {
        ObjectNode result = tree.deepCopy();
        if (overrides.containsKey(MODEL)) {
            ModelChange.apply(result, TextNode.valueOf(overrides.get(MODEL)));
        }
        overrides.forEach((path, value) -> set(result, path, value));
        return result;
    }

    /** Converts settings to a recipe and checks them. */
    public static Recipe bind(ObjectNode tree) {
        return bind(tree, Recipe.class);
    }

    private static <T> T bind(ObjectNode tree, Class<T> type) {
        try {
            return BINDER.treeToValue(withoutNulls(tree), type);
        } catch (JsonMappingException e) {
            throw Misfit.explain(tree, e);
        } catch (JsonProcessingException e) {
            throw new Ascend4jException("recipe expects settings that fit together, found others", e);
        }
    }

    /** Returns the model settings in overrides such as {@code model.dropout -> 0.2} (values in YAML), without a recipe. */
    public static ModelSettings model(Map<String, String> overrides) {
        ObjectNode tree = BINDER.createObjectNode();
        ObjectNode model = tree.putObject("model");
        overrides.forEach((path, value) -> set(tree, path, value));
        if (tree.size() > 1) {
            throw new Ascend4jException("--set expects settings of the model such as model.dropout here, found "
                    + Printable.of(String.join(", ", overrides.keySet())));
        }
        return bind(model, ModelSettings.class);
    }

    /** Returns the recipe as a tree that contains all settings. */
    public static ObjectNode describe(Recipe recipe) {
        return BINDER.valueToTree(recipe);
    }

    /** Removes settings that are null and count as missing. Jackson would read them as 0 for numbers. */
    private static ObjectNode withoutNulls(ObjectNode tree) {
        ObjectNode given = tree.objectNode();
        tree.properties().stream()
                .filter(field -> !field.getValue().isNull() && !field.getValue().isMissingNode())
                .forEach(field -> given.set(
                        field.getKey(),
                        field.getValue() instanceof ObjectNode child ? withoutNulls(child) : field.getValue()));
        return given;
    }

    private static void set(ObjectNode tree, String path, String value) {
        String[] names = path.split("\\.", -1);
        if (Arrays.stream(names).anyMatch(String::isBlank)) {
            throw new Ascend4jException(
                    "a setting expects a name such as schedule.max_lr, found '" + Printable.of(path) + "'");
        }
        ObjectNode node = tree;
        for (int i = 0; i < names.length - 1; i++) {
            node = node.get(names[i]) instanceof ObjectNode child ? child : node.putObject(names[i]);
        }
        try {
            JsonNode read = RecipeFile.value(value);
            if (names[0].equals("model") && (read.isNull() || read.isMissingNode())) {
                throw new Ascend4jException("setting " + Printable.of(path) + " expects a value, found '"
                        + Printable.of(value) + "'; omit it for the model's default");
            }
            node.set(names[names.length - 1], read);
        } catch (JsonProcessingException e) {
            throw new Ascend4jException(
                    "setting " + Printable.of(path) + " expects a YAML value, found '" + Printable.of(value) + "'", e);
        }
    }
}

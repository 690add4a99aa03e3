package org.ascend4j.trainer.recipe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.ascend4j.Ascend4jException;
import org.ascend4j.trainer.model.Models;

/** Finds recipes by name or file, applies overrides and checks the result. */
public final class Recipes {
    /** The built-in recipes. */
    public static final List<String> NAMES = List.of("article", "article-verbatim", "fashion", "fast", "shapes");

    private static final String MODEL = "model.kind";
    private static final Set<String> ANY_MODELS = Set.of("kind", "outputs", "sync_batch_norm");

    private static final ObjectMapper YAML = new YAMLMapper();
    private static final ObjectMapper BINDER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    private Recipes() {}

    /** Returns a built-in recipe, or that of a YAML file. */
    public static Recipe named(String nameOrFile) {
        return bind(tree(nameOrFile));
    }

    /** Returns the settings of a built-in recipe, or of a YAML file that may build on one with {@code extends}. */
    public static ObjectNode tree(String nameOrFile) {
        ObjectNode own = parse(nameOrFile, read(nameOrFile));
        JsonNode base = own.remove("extends");
        if (base == null) {
            return own;
        }
        ObjectNode inherited = tree(base.asText());
        if (own.at("/model/kind").isTextual()) {
            changeModel(inherited, own.at("/model/kind").asText());
        }
        return merge(inherited, own);
    }

    /** Applies overrides such as {@code schedule.max_lr -> 0.2} (values in YAML) on a copy of the settings. */
    public static ObjectNode override(ObjectNode tree, Map<String, String> overrides) {
        ObjectNode result = tree.deepCopy();
        if (overrides.containsKey(MODEL)) {
            changeModel(result, overrides.get(MODEL));
        }
        overrides.forEach((path, value) -> set(result, path, value));
        return result;
    }

    /** Binds and checks settings. */
    public static Recipe bind(ObjectNode tree) {
        return bind(tree, Recipe.class);
    }

    private static <T> T bind(JsonNode tree, Class<T> type) {
        try {
            return BINDER.treeToValue(tree, type);
        } catch (UnrecognizedPropertyException e) {
            throw new Ascend4jException("recipe has no setting '" + path(e) + "'; here it knows "
                    + e.getKnownPropertyIds().stream()
                            .map(String::valueOf)
                            .sorted()
                            .collect(Collectors.joining(", ")));
        } catch (JsonMappingException e) {
            if (e.getCause() instanceof Ascend4jException cause) {
                throw cause;
            }
            throw new Ascend4jException("recipe setting '" + path(e) + "' does not fit: " + e.getOriginalMessage(), e);
        } catch (JsonProcessingException e) {
            throw new Ascend4jException("recipe does not parse: " + e.getOriginalMessage(), e);
        }
    }

    /** Returns the model that overrides such as {@code model.dropout -> 0.2} (values in YAML) describe by themselves. */
    public static ModelSettings model(Map<String, String> overrides) {
        ObjectNode tree = BINDER.createObjectNode();
        tree.putObject("model");
        overrides.forEach((path, value) -> set(tree, path, value));
        if (tree.size() > 1) {
            throw new Ascend4jException(
                    "--set expects settings of the model such as model.dropout here, found " + overrides.keySet());
        }
        return bind(tree.get("model"), ModelSettings.class);
    }

    /** Returns the recipe as a tree, every setting filled in. */
    public static ObjectNode describe(Recipe recipe) {
        return BINDER.valueToTree(recipe);
    }

    private static String read(String nameOrFile) {
        if (NAMES.contains(nameOrFile)) {
            try (InputStream resource = Recipes.class.getResourceAsStream(nameOrFile + ".yaml")) {
                return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new IllegalStateException("recipe " + nameOrFile + " is missing from the jar", e);
            }
        }
        Path file = Path.of(nameOrFile);
        if (!Files.isRegularFile(file)) {
            throw new Ascend4jException(
                    "recipe expects " + String.join(", ", NAMES) + " or a YAML file, found '" + nameOrFile + "'");
        }
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new Ascend4jException("recipe " + file + " cannot be read: " + e, e);
        }
    }

    private static ObjectNode parse(String origin, String text) {
        try {
            if (YAML.readTree(text) instanceof ObjectNode tree) {
                return tree;
            }
            throw new Ascend4jException("recipe " + origin + " expects a YAML mapping of settings");
        } catch (JsonProcessingException e) {
            throw new Ascend4jException("recipe " + origin + " is not YAML: " + e.getOriginalMessage(), e);
        }
    }

    /** Keeps of the settings of a recipe's model what another model knows as well. */
    private static void changeModel(ObjectNode tree, String kind) {
        if (tree.get("model") instanceof ObjectNode model
                && !kind.equals(model.path("kind").asText())) {
            Set<String> kept = new HashSet<>(ANY_MODELS);
            Models.find(kind)
                    .ifPresent(factory -> factory.defaults().fieldNames().forEachRemaining(kept::add));
            model.retain(kept);
        }
    }

    private static ObjectNode merge(ObjectNode base, ObjectNode over) {
        over.properties().forEach(field -> {
            if (base.get(field.getKey()) instanceof ObjectNode child
                    && field.getValue() instanceof ObjectNode changes) {
                merge(child, changes);
            } else {
                base.set(field.getKey(), field.getValue());
            }
        });
        return base;
    }

    private static void set(ObjectNode tree, String path, String value) {
        String[] names = path.split("\\.");
        ObjectNode node = tree;
        for (int i = 0; i < names.length - 1; i++) {
            node = node.get(names[i]) instanceof ObjectNode child ? child : node.putObject(names[i]);
        }
        try {
            node.set(names[names.length - 1], YAML.readTree(value));
        } catch (JsonProcessingException e) {
            throw new Ascend4jException("setting " + path + " expects a YAML value, found '" + value + "'", e);
        }
    }

    private static String path(JsonMappingException e) {
        return e.getPath().stream()
                .map(reference -> reference.getFieldName() == null ? "" : reference.getFieldName())
                .collect(Collectors.joining("."));
    }
}

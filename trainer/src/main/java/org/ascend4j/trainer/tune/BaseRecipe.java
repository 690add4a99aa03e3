package org.ascend4j.trainer.tune;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.ascend4j.trainer.recipe.Recipes;

/**
 * The recipe that the search starts from, as the user named it.
 *
 * @param name a built-in recipe or a YAML file
 * @param overrides the settings that were given beside it, by path
 * @since 0.1.0
 */
public record BaseRecipe(String name, Map<String, String> overrides) {
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .build();

    /** Returns a recipe in YAML that extends this one by the values of a configuration, for a file in a folder. */
    String with(Map<String, String> values, Path folder) {
        ObjectNode tree = JsonNodeFactory.instance.objectNode();
        tree.put("extends", relative(folder));
        tree.put("name", "tuned");
        Map<String, String> all = new LinkedHashMap<>(overrides);
        all.putAll(values);
        try {
            return YAML.writeValueAsString(Recipes.override(tree, all));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("settings do not serialise", e);
        }
    }

    /** A recipe finds the file that it extends by its path from its own folder. */
    private String relative(Path folder) {
        if (Recipes.NAMES.contains(name) || !Files.isRegularFile(Path.of(name))) {
            return name;
        }
        return folder.toAbsolutePath()
                .normalize()
                .relativize(Path.of(name).toAbsolutePath().normalize())
                .toString();
    }
}

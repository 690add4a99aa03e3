package org.ascend4j.trainer.recipe;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.ascend4j.Ascend4jException;
import org.ascend4j.FileErrors;
import org.ascend4j.Nearest;
import org.ascend4j.Printable;

/** Recipes as YAML: built-in recipes by name, and user files, which may extend either with {@code extends}. */
final class RecipeFile {
    private static final long MOST_BYTES = 1 << 20;

    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .build();

    /** Names of earlier versions, which are still accepted. */
    private static final Map<String, String> FORMER_NAMES =
            Map.of("article", "ascend", "article-verbatim", "ascend-verbatim");

    private RecipeFile() {}

    /** Returns all settings of a built-in recipe or a file; a file name is relative to the working directory. */
    static ObjectNode tree(String nameOrFile) {
        return isBuiltIn(nameOrFile) ? builtIn(nameOrFile) : tree(path(nameOrFile, Path.of("")), new LinkedHashSet<>());
    }

    /** Returns the value of a YAML text. */
    static JsonNode value(String text) throws JsonProcessingException {
        return YAML.readTree(text);
    }

    private static boolean isBuiltIn(String name) {
        return Recipes.NAMES.contains(name) || FORMER_NAMES.containsKey(name);
    }

    private static ObjectNode builtIn(String nameOrFormerName) {
        String name = FORMER_NAMES.getOrDefault(nameOrFormerName, nameOrFormerName);
        try (InputStream resource = RecipeFile.class.getResourceAsStream(name + ".yaml")) {
            ObjectNode own = parse(name, new String(resource.readAllBytes(), StandardCharsets.UTF_8));
            JsonNode base = own.remove("extends");
            return base == null ? own : extend(builtIn(base.asText()), own);
        } catch (IOException e) {
            throw new IllegalStateException("recipe " + name + " is missing from the jar", e);
        }
    }

    private static ObjectNode tree(Path file, Set<Path> above) {
        if (!above.add(file.toAbsolutePath().normalize())) {
            throw new Ascend4jException(
                    "recipe " + file + " expects to extend another one, found that it extends itself");
        }
        ObjectNode own = parse(file.toString(), read(file));
        JsonNode base = own.remove("extends");
        if (base == null) {
            return own;
        }
        if (!base.isTextual()) {
            throw new Ascend4jException("recipe " + file + " expects the name or file of a recipe after extends, found "
                    + Printable.of(base));
        }
        String name = base.asText();
        // A file name is relative to the file that contains it, so that a recipe's meaning does not depend on the
        // working directory.
        return extend(
                isBuiltIn(name)
                        ? builtIn(name)
                        : tree(path(name, file.toAbsolutePath().getParent()), above),
                own);
    }

    private static Path path(String name, Path folder) {
        try {
            Path file = folder.resolve(name);
            if (Files.isRegularFile(file)) {
                return file;
            }
        } catch (InvalidPathException e) {
            // No file can have this name.
        }
        throw new Ascend4jException("recipe expects " + String.join(", ", Recipes.NAMES) + " or a YAML file, found '"
                + Printable.of(name) + "'" + Nearest.hint(name, Recipes.NAMES));
    }

    private static String read(Path file) {
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw new Ascend4jException(
                        "recipe " + file + " expects at most " + MOST_BYTES + " bytes, found " + Files.size(file));
            }
            return Files.readString(file);
        } catch (IOException e) {
            throw FileErrors.cannotRead(file, e);
        }
    }

    private static ObjectNode parse(String origin, String text) {
        try {
            if (YAML.readTree(text) instanceof ObjectNode tree) {
                return tree;
            }
            throw new Ascend4jException("recipe " + origin + " expects a YAML mapping of settings");
        } catch (JsonProcessingException e) {
            String what = e.getOriginalMessage().startsWith("Duplicate field") ? "a setting given twice" : "a mistake";
            JsonLocation at = e.getLocation();
            String where = at == null ? "" : " in line " + at.getLineNr() + ", column " + at.getColumnNr();
            throw new Ascend4jException("recipe " + origin + " expects YAML, found " + what + where, e);
        }
    }

    private static ObjectNode extend(ObjectNode base, ObjectNode own) {
        ModelChange.apply(base, own.at("/model/kind"));
        return merge(base, own);
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
}

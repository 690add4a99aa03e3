package org.ascend4j.trainer.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import org.ascend4j.Ascend4jException;
import org.ascend4j.Nearest;

/**
 * The networks known by name: those of this library and of all jars on the class path or on an open {@link ModelPath}.
 *
 * @since 0.1.0
 */
public final class Models {
    private Models() {}

    /** Returns all factories in the order in which they are found. */
    public static List<ModelFactory> all() {
        List<ModelFactory> factories = new ArrayList<>();
        try {
            Iterator<ModelFactory> found =
                    ServiceLoader.load(ModelFactory.class).iterator();
            while (found.hasNext()) {
                factories.add(found.next());
            }
        } catch (ServiceConfigurationError | LinkageError e) {
            throw FactoryProblem.loading(e);
        }
        return factories;
    }

    /** Returns the factory with this name, if there is one. */
    public static Optional<ModelFactory> find(String name) {
        List<ModelFactory> named =
                all().stream().filter(factory -> factory.name().equals(name)).toList();
        if (named.size() > 1) {
            throw new Ascend4jException("model " + name + " expects one jar that has it, found "
                    + named.stream().map(Models::origin).collect(Collectors.joining(" and "))
                    + "; leave one of them out of --class-path");
        }
        return named.stream().findFirst();
    }

    private static String origin(ModelFactory factory) {
        return Path.of(factory.getClass()
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .getPath())
                .toString();
    }

    /** Returns the factory with this name; throws with a list of the known names if there is none. */
    public static ModelFactory named(String name) {
        return find(name)
                .orElseThrow(() -> new Ascend4jException("model expects one of "
                        + String.join(", ", names()) + ", found '" + name + "'" + Nearest.hint(name, names())
                        + "; " + ModelPath.advice()));
    }

    private static List<String> names() {
        return all().stream().map(ModelFactory::name).toList();
    }

    /** Returns all settings of a network: the given ones, which are checked, and the factory's defaults for the others. */
    public static ObjectNode settings(ModelFactory factory, Map<String, JsonNode> given) {
        ObjectNode settings = factory.defaults();
        given.forEach((key, value) -> {
            JsonNode standard = settings.get(key);
            if (standard == null) {
                throw new Ascend4jException(
                        "model " + factory.name() + " has no setting '" + key + "'; expected one of "
                                + (settings.isEmpty()
                                        ? "none"
                                        : String.join(
                                                ", ",
                                                settings.properties().stream()
                                                        .map(Map.Entry::getKey)
                                                        .toList())));
            }
            if (!fits(standard, value)) {
                throw new Ascend4jException(
                        "model." + key + " expects " + kind(standard) + " such as " + standard + ", found " + value);
            }
            settings.set(key, value);
        });
        return settings;
    }

    private static boolean fits(JsonNode standard, JsonNode value) {
        return standard.isIntegralNumber()
                ? value.isIntegralNumber() && value.canConvertToInt()
                : standard.getNodeType() == value.getNodeType();
    }

    private static String kind(JsonNode standard) {
        return switch (standard.getNodeType()) {
            case NUMBER -> standard.isIntegralNumber() ? "a whole number" : "a number";
            case BOOLEAN -> "true or false";
            case STRING -> "a name";
            case ARRAY -> "a list";
            default -> "a value";
        };
    }

    /**
     * Makes the network with this name on the CPU, with weights drawn from torch's generator; the caller owns it.
     *
     * @param given the settings that replace the network's defaults
     */
    public static ImageClassifier create(String name, int channels, int outputs, Map<String, JsonNode> given) {
        ModelFactory factory = named(name);
        ObjectNode settings = settings(factory, given);
        ImageClassifier model;
        try {
            model = factory.create(channels, outputs, settings);
        } catch (Ascend4jException e) {
            throw e;
        } catch (RuntimeException | LinkageError e) {
            throw FactoryProblem.creating(name, settings, e);
        }
        if (model == null || !model.modelName().equals(name)) {
            throw new Ascend4jException("model " + name + " expects its factory to make a model of that name, found "
                    + (model == null ? "none" : model.modelName()));
        }
        return model;
    }
}

package org.ascend4j.optim.named;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.ascend4j.Ascend4jException;

/**
 * The factories of one kind that the class path has, and the reading of their settings.
 *
 * <p>A setting that only another factory knows is left out rather than refused: changing the {@code type} of a recipe is then one change.
 *
 * @param <F> the kind of factory
 */
final class Registry<F extends NamedFactory> {
    private final String section;
    private final Class<F> kind;
    private final List<Setting> common;

    /**
     * Makes the registry.
     *
     * @param section the recipe's section, as errors name it
     * @param common settings that every factory has
     */
    Registry(String section, Class<F> kind, List<Setting> common) {
        this.section = section;
        this.kind = kind;
        this.common = common;
    }

    private List<F> factories() {
        return ServiceLoader.load(kind).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
    }

    List<String> names() {
        return factories().stream().map(NamedFactory::name).toList();
    }

    F factory(String name) {
        return factories().stream()
                .filter(factory -> factory.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new Ascend4jException(
                        section + ".type expects " + String.join(" or ", names()) + ", found " + name));
    }

    NamedSettings read(ObjectNode given) {
        F factory = factory(given.path(NamedSettings.TYPE).asText());
        refuseUnknown(given);
        ObjectNode values = JsonNodeFactory.instance.objectNode().put(NamedSettings.TYPE, factory.name());
        for (Setting setting : settings(factory)) {
            JsonNode value = setting.read(given.get(setting.name()));
            if (value == null) {
                JsonNode found = given.get(setting.name());
                throw new Ascend4jException(section + "." + setting.name() + " expects " + setting.expected()
                        + ", found " + (found == null ? "none" : text(found)));
            }
            values.set(setting.name(), value);
        }
        return new NamedSettings(values);
    }

    private List<Setting> settings(F factory) {
        return Stream.concat(common.stream(), factory.settings().stream()).toList();
    }

    private void refuseUnknown(ObjectNode given) {
        TreeSet<String> known = new TreeSet<>(List.of(NamedSettings.TYPE));
        factories().forEach(factory -> settings(factory).forEach(setting -> known.add(setting.name())));
        List<String> unknown = new ArrayList<>();
        given.fieldNames().forEachRemaining(unknown::add);
        unknown.removeAll(known);
        if (!unknown.isEmpty()) {
            throw new Ascend4jException("recipe has no setting '" + section + "." + unknown.get(0) + "'; here it knows "
                    + String.join(", ", known));
        }
    }

    private static String text(JsonNode found) {
        return found.isNumber()
                ? String.valueOf(found.asDouble())
                : found.isValueNode() ? found.asText() : found.toString();
    }
}

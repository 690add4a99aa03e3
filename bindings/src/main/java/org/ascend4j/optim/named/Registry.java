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
import org.ascend4j.Printable;

/**
 * The factories of one kind on the class path; reads and validates their settings.
 *
 * <p>A setting that only another factory has is ignored rather than rejected, so that a user can switch the {@code type} of a recipe with one change.
 *
 * @param <F> the kind of factory
 */
final class Registry<F extends NamedFactory> {
    private final String section;
    private final Class<F> kind;
    private final List<Setting> common;

    /**
     * Creates the registry.
     *
     * @param section the name of the recipe's section, as used in errors
     * @param common the settings that every factory has
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
                        section + ".type expects " + String.join(" or ", names()) + ", found " + Printable.of(name)));
    }

    NamedSettings read(ObjectNode given) {
        requireGiven(given, NamedSettings.TYPE);
        F factory = factory(given.get(NamedSettings.TYPE).asText());
        refuseUnknown(given);
        ObjectNode values = JsonNodeFactory.instance.objectNode().put(NamedSettings.TYPE, factory.name());
        for (Setting setting : settings(factory)) {
            if (setting.byDefault() == null) {
                requireGiven(given, setting.name());
            }
            values.set(setting.name(), read(setting, given.get(setting.name())));
        }
        return new NamedSettings(values);
    }

    private void requireGiven(ObjectNode given, String name) {
        if (!given.hasNonNull(name)) {
            throw new Ascend4jException("recipe setting '" + section + "." + name + "' expects a value, found nothing");
        }
    }

    private JsonNode read(Setting setting, JsonNode found) {
        JsonNode value = setting.read(found);
        boolean fits = value != null;
        if (fits && !(value.isNumber() && value.asDouble() > setting.most())) {
            return value;
        }
        throw new Ascend4jException(section + "." + setting.name() + " expects "
                + (fits ? "at most " + setting.most() : setting.expected()) + ", found "
                + text(fits ? value : found));
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
            throw new Ascend4jException("recipe has no setting '" + section + "." + Printable.of(unknown.get(0))
                    + "'; expected one of " + String.join(", ", known));
        }
    }

    private static String text(JsonNode found) {
        if (found.isNumber()) {
            return String.valueOf(found.asDouble());
        }
        return Printable.of(found.isValueNode() ? found.asText() : found);
    }
}

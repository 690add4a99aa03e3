package org.ascend4j.trainer.recipe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.ascend4j.trainer.model.Models;

/** The replacement of a recipe's model by another one. */
final class ModelChange {
    private static final Set<String> ANY_MODELS = Set.of("kind", "outputs", "sync_batch_norm");

    private ModelChange() {}

    /**
     * Removes the model settings of a recipe, unless the model named by {@code kind} has exactly the same settings.
     *
     * <p>One shared setting is not enough: the Ascend tutorial's {@code stem: imagenet} is meant for GoogLeNet, not for every
     * network with a stem. A missing {@code kind} changes nothing.
     */
    static void apply(ObjectNode tree, JsonNode kind) {
        if (kind.isTextual() && tree.get("model") instanceof ObjectNode model && !kind.equals(model.get("kind"))) {
            Optional<Set<String>> known = names(kind);
            if (known.isEmpty() || !known.equals(names(model.path("kind")))) {
                model.retain(ANY_MODELS);
            }
        }
    }

    private static Optional<Set<String>> names(JsonNode kind) {
        return Models.find(kind.asText()).map(factory -> {
            Set<String> names = new HashSet<>();
            factory.defaults().fieldNames().forEachRemaining(names::add);
            return names;
        });
    }
}

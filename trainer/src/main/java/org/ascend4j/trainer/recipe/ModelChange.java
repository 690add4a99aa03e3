package org.ascend4j.trainer.recipe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.Set;
import org.ascend4j.trainer.model.Models;

/** A recipe's model in place of another one. */
final class ModelChange {
    private static final Set<String> ANY_MODELS = Set.of("kind", "outputs", "sync_batch_norm");

    private ModelChange() {}

    /** Keeps of a recipe's settings of its model what the model named by {@code kind} knows as well; a missing name changes nothing. */
    static void apply(ObjectNode tree, JsonNode kind) {
        if (kind.isTextual() && tree.get("model") instanceof ObjectNode model && !kind.equals(model.get("kind"))) {
            Set<String> kept = new HashSet<>(ANY_MODELS);
            Models.find(kind.asText())
                    .ifPresent(factory -> factory.defaults().fieldNames().forEachRemaining(kept::add));
            model.retain(kept);
        }
    }
}

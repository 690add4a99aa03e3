package org.ascend4j.trainer.recipe;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The network of a recipe.
 *
 * @param kind the name of the network; null if the training program chooses it
 * @param outputs the number of outputs; null for the number of classes in the data
 * @param syncBatchNorm whether batch norms use the images of all processes in training
 * @param settings the network's own settings that replace its defaults; a null value counts as missing
 * @since 0.1.0
 */
public record ModelSettings(
        String kind, Integer outputs, Boolean syncBatchNorm, @JsonAnySetter Map<String, JsonNode> settings) {
    /** The model of a recipe for which the training program chooses the network. */
    static final ModelSettings ANY = new ModelSettings(null, null, null, Map.of());

    /** Checks the range of outputs, and removes settings without a value, which occur in older checkpoints. */
    public ModelSettings {
        if (outputs != null) {
            Range.atLeast("model.outputs", outputs, 1);
        }
        Map<String, JsonNode> given = new LinkedHashMap<>();
        if (settings != null) {
            settings.forEach((key, value) -> {
                if (!value.isNull()) {
                    given.put(key, value);
                }
            });
        }
        settings = Collections.unmodifiableMap(given);
    }

    /** Returns whether the training program chooses the network. */
    @JsonIgnore
    public boolean isOpen() {
        return kind == null;
    }

    /** Returns whether batch norms use the images of all processes; a missing setting means no. */
    public boolean synchronisesBatchNorm() {
        return Boolean.TRUE.equals(syncBatchNorm);
    }

    /** Returns the network's own settings. */
    @JsonAnyGetter
    public Map<String, JsonNode> settings() {
        return settings;
    }

    /** Returns a copy with other settings of the network's own. */
    public ModelSettings withSettings(Map<String, JsonNode> value) {
        return new ModelSettings(kind, outputs, syncBatchNorm, value);
    }

    /** Returns whether two values are equal; 0 and 0.0 are. */
    public static boolean same(JsonNode one, JsonNode other) {
        return one.equals(
                (a, b) ->
                        a.isNumber() && b.isNumber() ? Double.compare(a.asDouble(), b.asDouble()) : a.equals(b) ? 0 : 1,
                other);
    }
}

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
 * @param kind the name of the network; null leaves it to the program that trains
 * @param outputs the number of outputs; null for the number of classes in the data
 * @param syncBatchNorm whether the batch norms of several processes use the images of all of them in training
 * @param settings the network's own settings that shall not have its defaults; a null value counts as not given
 */
public record ModelSettings(
        String kind, Integer outputs, Boolean syncBatchNorm, @JsonAnySetter Map<String, JsonNode> settings) {
    /** The model of a recipe that leaves it to the program that trains. */
    static final ModelSettings ANY = new ModelSettings(null, null, null, Map.of());

    /** Checks the range, and drops settings without a value, which older checkpoints have. */
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

    /** Says whether the program that trains decides which network it is. */
    @JsonIgnore
    public boolean isOpen() {
        return kind == null;
    }

    /** Returns the network's own settings. */
    @JsonAnyGetter
    public Map<String, JsonNode> settings() {
        return settings;
    }

    /** Returns this with other settings of the network's own. */
    public ModelSettings withSettings(Map<String, JsonNode> value) {
        return new ModelSettings(kind, outputs, syncBatchNorm, value);
    }

    /** Says whether two values are the same; 0 and 0.0 are. */
    public static boolean same(JsonNode one, JsonNode other) {
        return one.equals(
                (a, b) ->
                        a.isNumber() && b.isNumber() ? Double.compare(a.asDouble(), b.asDouble()) : a.equals(b) ? 0 : 1,
                other);
    }
}

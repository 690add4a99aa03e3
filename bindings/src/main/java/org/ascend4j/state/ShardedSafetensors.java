package org.ascend4j.state;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.ascend4j.Ascend4jException;
import org.ascend4j.Printable;

/** State dicts in several safetensors files, with an index that maps each tensor to its file ({@code model.safetensors.index.json}). */
final class ShardedSafetensors {
    static final String ENDING = ".safetensors.index.json";

    private static final int LONGEST_INDEX = 1 << 24;

    private ShardedSafetensors() {}

    /** Reads the files that an index lists, which must be in its folder, in the order of the index. */
    static StateDict read(Path index) {
        return GuardedReading.of(index, () -> {
            try {
                return read(index, weightMap(index));
            } catch (FormatException e) {
                throw new Ascend4jException(index + " is not a sound index of safetensors files: " + e.getMessage(), e);
            }
        });
    }

    private static JsonNode weightMap(Path index) throws IOException, FormatException {
        if (Files.size(index) > LONGEST_INDEX) {
            throw new FormatException("expected at most " + LONGEST_INDEX + " bytes, found " + Files.size(index));
        }
        JsonNode map = JsonTexts.read(Files.readAllBytes(index)).path("weight_map");
        if (!map.isObject()) {
            throw new FormatException("expected an object weight_map, found none");
        }
        return map;
    }

    private static StateDict read(Path index, JsonNode map) throws FormatException {
        Map<String, StateDict> shards = new HashMap<>();
        StateDict all = new StateDict();
        for (Map.Entry<String, JsonNode> entry : map.properties()) {
            String shard = entry.getValue().asText();
            // A name with a folder in it could refer to files that the user did not select.
            if (!shard.matches("[^/\\\\\\p{Cntrl}]+\\.safetensors")) {
                throw new FormatException("expected the name of a safetensors file beside it, found "
                        + JsonTexts.shown(entry.getValue()));
            }
            StateDict tensors = shards.get(shard);
            if (tensors == null) {
                tensors = SafetensorsFile.read(index.resolveSibling(shard)).tensors();
                shards.put(shard, tensors);
            }
            if (tensors.get(entry.getKey()) == null) {
                throw new FormatException("expected tensor " + Printable.of(entry.getKey()) + " in "
                        + Printable.of(shard) + ", found none");
            }
            all.put(entry.getKey(), tensors.get(entry.getKey()));
        }
        return all;
    }
}

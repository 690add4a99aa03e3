package org.ascend4j.trainer.model.googlenet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.ascend4j.nn.Initialisation;

/** Converts a configuration to and from recipe settings, without channels and classes. */
final class GoogLeNetSettings {
    private GoogLeNetSettings() {}

    static ObjectNode of(GoogLeNetConfig config) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("stem", config.stem().toString())
                .put("batch_norm", config.batchNorm())
                .put("batch_norm_eps", config.batchNormEpsilon())
                .put("batch_norm_momentum", config.batchNormMomentum())
                .put("lrn", config.localResponseNorm())
                .put("aux", config.auxiliaryHeads())
                .put("dropout", config.dropout())
                .put("initialisation", config.initialisation().toString())
                .put("width", config.width());
    }

    static GoogLeNetConfig config(int channels, int classes, JsonNode settings) {
        return new GoogLeNetConfig(
                channels,
                classes,
                Stem.parse(settings.get("stem").asText()),
                settings.get("batch_norm").asBoolean(),
                settings.get("batch_norm_eps").asDouble(),
                settings.get("batch_norm_momentum").asDouble(),
                settings.get("lrn").asBoolean(),
                settings.get("aux").asBoolean(),
                settings.get("dropout").asDouble(),
                Initialisation.parse(settings.get("initialisation").asText()),
                settings.get("width").asDouble());
    }
}

package org.ascend4j.state;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.ascend4j.Printable;

/** Reads the JSON objects of state files as strictly as the format requires. */
final class JsonTexts {
    static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private JsonTexts() {}

    /** Returns the JSON object in a UTF-8 text, which must contain exactly one. */
    static JsonNode read(byte[] utf8) throws FormatException {
        JsonNode root;
        try {
            root = MAPPER.readTree(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString());
        } catch (CharacterCodingException e) {
            throw new FormatException("expected a JSON header, found text that is not UTF-8");
        } catch (JsonProcessingException e) {
            // The message continues with advice to programmers and class names, which are removed.
            throw new FormatException("expected a JSON header, found "
                    + Printable.of(e.getOriginalMessage().split(" \\(|: ", 2)[0]));
        }
        if (!root.isObject()) {
            throw new FormatException(
                    "expected a JSON object as header, found " + (root.isMissingNode() ? "nothing" : shown(root)));
        }
        return root;
    }

    /** Returns a value as JSON text, short enough for an error sentence. */
    static String shown(JsonNode node) {
        return node.isContainerNode() && node.size() > Printable.LONGEST
                ? "a list of " + node.size() + " values"
                : Printable.of(node);
    }
}

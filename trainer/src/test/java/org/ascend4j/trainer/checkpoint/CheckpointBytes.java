package org.ascend4j.trainer.checkpoint;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.ascend4j.state.StateDict;
import org.ascend4j.trainer.recipe.Recipes;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.global.torch;

/** Makes checkpoints that have a valid digest, whatever their text contains. */
final class CheckpointBytes {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int DIGEST_AT = Long.BYTES + "{\"__metadata__\":{\"sha256\":\"".length();
    private static final int DIGITS = 64;

    private CheckpointBytes() {}

    /** Writes a small checkpoint after {@code steps} steps. */
    static void write(Path file, int steps) {
        RunDescription run = new RunDescription(
                Recipes.bind(Recipes.tree("ascend")),
                8,
                "shapes:24,8",
                1,
                true,
                true,
                3,
                32,
                32,
                24,
                List.of("a", "b"));
        Position position = new Position();
        for (int i = 0; i < steps; i++) {
            position.stepDone(8);
        }
        try (PointerScope scope = new PointerScope()) {
            StateDict model = new StateDict().put("weight", torch.ones(2, 3));
            StateDict optimizer = new StateDict().put("steps.0", torch.ones(2));
            new Checkpoint(run, position, model, optimizer, new StateDict()).write(file, null);
        }
    }

    /** Returns the JSON header of a checkpoint. */
    static String text(byte[] checkpoint) throws IOException {
        return header(checkpoint)
                .path("__metadata__")
                .path("ascend4j.checkpoint")
                .textValue();
    }

    /** Returns the checkpoint with another header; null removes the header. */
    static byte[] withText(byte[] checkpoint, String text) throws IOException {
        ObjectNode header = header(checkpoint);
        ObjectNode metadata = (ObjectNode) header.get("__metadata__");
        if (text == null) {
            metadata.remove("ascend4j.checkpoint");
        } else {
            metadata.put("ascend4j.checkpoint", text);
        }
        byte[] json = JSON.writeValueAsBytes(header);
        byte[] data = Arrays.copyOfRange(checkpoint, Long.BYTES + headerBytes(checkpoint), checkpoint.length);
        return withDigest(ByteBuffer.allocate(Long.BYTES + json.length + data.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(json.length)
                .put(json)
                .put(data)
                .array());
    }

    /** Writes the digest of the bytes in its place. */
    static byte[] withDigest(byte[] checkpoint) {
        byte[] sealed = checkpoint.clone();
        if (sealed.length >= DIGEST_AT + DIGITS) {
            Arrays.fill(sealed, DIGEST_AT, DIGEST_AT + DIGITS, (byte) '0');
            try {
                byte[] digest = MessageDigest.getInstance("SHA-256").digest(sealed);
                byte[] digits = HexFormat.of().formatHex(digest).getBytes(StandardCharsets.US_ASCII);
                System.arraycopy(digits, 0, sealed, DIGEST_AT, DIGITS);
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }
        return sealed;
    }

    /** Replaces the header of a file. */
    static void rewrite(Path file, String text) throws IOException {
        Files.write(file, withText(Files.readAllBytes(file), text));
    }

    private static ObjectNode header(byte[] checkpoint) throws IOException {
        return (ObjectNode)
                JSON.readTree(Arrays.copyOfRange(checkpoint, Long.BYTES, Long.BYTES + headerBytes(checkpoint)));
    }

    private static int headerBytes(byte[] checkpoint) {
        return (int) ByteBuffer.wrap(checkpoint).order(ByteOrder.LITTLE_ENDIAN).getLong(0);
    }
}

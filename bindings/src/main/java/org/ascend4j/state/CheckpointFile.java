package org.ascend4j.state;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.ascend4j.Printable;
import org.bytedeco.pytorch.Tensor;

/**
 * Checkpoints: a safetensors file with named tensors and one JSON text, and a SHA-256 digest over every byte of it.
 *
 * <p>The digest is the first metadata entry, at a fixed position, and is computed with zeros at that position. Python's safetensors can read such a file.
 *
 * @since 0.1.0
 */
public final class CheckpointFile {
    private static final String DIGEST = "sha256";
    private static final String JSON = "ascend4j.checkpoint";
    private static final byte[] OPENING =
            ("{\"__metadata__\":{\"" + DIGEST + "\":\"").getBytes(StandardCharsets.US_ASCII);
    private static final int DIGEST_AT = Long.BYTES + OPENING.length;
    private static final String NO_DIGEST = "0".repeat(64);

    /**
     * The content of a checkpoint.
     *
     * @param json the text that was written with the tensors
     * @param tensors host tensors in the order in which they were written, in the caller's scope
     * @since 0.1.0
     */
    public record Checkpoint(String json, StateDict tensors) {}

    private CheckpointFile() {}

    /**
     * Writes a checkpoint atomically, with tensors of any device and strides.
     *
     * @param previous the name under which the current file is kept; null to replace it
     */
    public static void write(Path file, Map<String, Tensor> tensors, String json, Path previous) {
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put(DIGEST, NO_DIGEST);
        metadata.put(JSON, json);
        AtomicFile.write(file, previous, channel -> {
            SafetensorsFile.write(channel, tensors, metadata);
            ByteBuffer digest = StandardCharsets.US_ASCII.encode(digest(channel));
            channel.write(digest, DIGEST_AT);
        });
    }

    /**
     * Reads a checkpoint and verifies its digest.
     *
     * @throws DamagedCheckpointException if its bytes differ from those that were written
     */
    public static Checkpoint read(Path file) {
        return GuardedReading.of(file, () -> {
            try (FileChannel channel = FileChannel.open(file)) {
                return read(file, channel);
            } catch (FormatException e) {
                throw new DamagedCheckpointException(file + " is not a sound checkpoint: " + e.getMessage());
            }
        });
    }

    private static Checkpoint read(Path file, FileChannel channel) throws IOException, FormatException {
        ByteBuffer start = ByteBuffer.allocate(DIGEST_AT + NO_DIGEST.length());
        if (channel.size() < start.capacity()) {
            throw new DamagedCheckpointException(file + " is not a whole checkpoint: expected at least "
                    + start.capacity() + " bytes, found " + channel.size());
        }
        HostTensors.readFully(channel, start, 0);
        if (!ByteBuffer.wrap(OPENING).equals(start.slice(Long.BYTES, OPENING.length))) {
            throw new DamagedCheckpointException(file + " is not a checkpoint of Ascend4J: expected its digest at byte "
                    + DIGEST_AT + "; weights alone are given with --init");
        }
        String expected = StandardCharsets.ISO_8859_1
                .decode(start.slice(DIGEST_AT, NO_DIGEST.length()))
                .toString();
        String found = digest(channel);
        if (!expected.equals(found)) {
            throw new DamagedCheckpointException(
                    file + " is damaged: expected SHA-256 " + Printable.of(expected) + ", found " + found);
        }
        SafetensorsFile.Contents contents = SafetensorsFile.read(channel);
        String json = contents.metadata().get(JSON);
        if (json == null) {
            throw new DamagedCheckpointException(
                    file + " is not a checkpoint of Ascend4J: its description of the run is missing");
        }
        return new Checkpoint(json, contents.tensors());
    }

    private static String digest(FileChannel channel) throws IOException {
        MessageDigest sha;
        try {
            sha = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
        // A heap buffer: direct buffers are freed late, and a run writes many checkpoints.
        ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
        long position = 0;
        while (channel.read(buffer.clear(), position) > 0) {
            buffer.flip();
            if (position == 0) {
                buffer.put(DIGEST_AT, NO_DIGEST.getBytes(StandardCharsets.US_ASCII));
            }
            position += buffer.remaining();
            sha.update(buffer);
        }
        return HexFormat.of().formatHex(sha.digest());
    }
}

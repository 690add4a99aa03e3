package org.ascend4j.trainer.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * The checksum that a file must have according to its publisher.
 *
 * @param algorithm Java's name of the algorithm, such as {@code MD5}
 * @param accepted the beginnings of the accepted sums, in hexadecimal; empty to accept any sum
 */
record Checksum(String algorithm, List<String> accepted) {
    /** Accepts every file. */
    static final Checksum ANY = new Checksum("SHA-256", List.of());

    /** Accepts files with any of these MD5 sums. */
    static Checksum md5(List<String> sums) {
        return new Checksum("MD5", sums);
    }

    /** Accepts files whose SHA-256 sum begins with {@code beginning}, in hexadecimal. */
    static Checksum sha256(String beginning) {
        return new Checksum("SHA-256", List.of(beginning));
    }

    /** Returns whether a sum is accepted. */
    boolean accepts(String sum) {
        return accepted.isEmpty() || accepted.stream().anyMatch(sum::startsWith);
    }

    /** Returns the file's sum in hexadecimal. */
    String of(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance(algorithm);
            byte[] buffer = new byte[1 << 16];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                digest.update(buffer, 0, count);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has " + algorithm, e);
        }
    }

    @Override
    public String toString() {
        return algorithm + " " + String.join(" or ", accepted);
    }
}

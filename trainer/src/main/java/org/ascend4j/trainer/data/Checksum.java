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
 * What a file's sum has to be, as its publisher states it.
 *
 * @param algorithm Java's name of the sum, such as {@code MD5}
 * @param accepted how the sums that are accepted begin, in hexadecimal; none where any is
 */
record Checksum(String algorithm, List<String> accepted) {
    /** Accepts every file. */
    static final Checksum ANY = new Checksum("SHA-256", List.of());

    /** Accepts files of any of these MD5 sums. */
    static Checksum md5(List<String> sums) {
        return new Checksum("MD5", sums);
    }

    /** Accepts files whose SHA-256 begins like this. */
    static Checksum sha256(String beginning) {
        return new Checksum("SHA-256", List.of(beginning));
    }

    /** Says whether a sum is accepted. */
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

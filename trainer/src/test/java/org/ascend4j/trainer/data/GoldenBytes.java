package org.ascend4j.trainer.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Reads golden files beside a test class, made by data_goldens.py. */
public final class GoldenBytes {
    private GoldenBytes() {}

    public static byte[] of(Class<?> test, String name) {
        try (InputStream in = test.getResourceAsStream(name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

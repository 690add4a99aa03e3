package org.ascend4j.trainer.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

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

    /** Reads little-endian numbers. */
    public static float[] floats(Class<?> test, String name) {
        byte[] bytes = of(test, name);
        float[] values = new float[bytes.length / Float.BYTES];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
        return values;
    }
}

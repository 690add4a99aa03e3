package org.ascend4j.trainer.model.googlenet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.stream.StreamSupport;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.pytorch.Tensor;

/** Reads golden values written by {@code src/test/python/googlenet_goldens.py}, and converts tensors to arrays. */
public final class Golden {
    private Golden() {}

    static JsonNode read(String name) {
        return read(Golden.class, name);
    }

    /** Reads a golden file that is beside a class. */
    public static JsonNode read(Class<?> neighbour, String name) {
        try (InputStream file = neighbour.getResourceAsStream(name)) {
            return new ObjectMapper().readTree(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static double[] numbers(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .mapToDouble(JsonNode::asDouble)
                .toArray();
    }

    public static long[] shape(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .mapToLong(JsonNode::asLong)
                .toArray();
    }

    public static Long[] boxed(JsonNode array) {
        return Arrays.stream(shape(array)).boxed().toArray(Long[]::new);
    }

    public static double[] values(Tensor tensor) {
        float[] values = new float[Math.toIntExact(tensor.numel())];
        try (Tensor contiguous = tensor.contiguous()) {
            new FloatPointer(contiguous.data_ptr()).get(values);
        }
        double[] wide = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            wide[i] = values[i];
        }
        return wide;
    }
}

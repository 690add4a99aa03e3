package org.ascend4j.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bytedeco.pytorch.global.torch.empty;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.StreamSupport;
import org.assertj.core.data.Offset;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** The formulas and files of nn_goldens.py. */
public final class PythonCases {
    private static final Offset<Double> ROUNDING = Offset.offset(1e-5);

    private PythonCases() {}

    /** Reads a golden file of this package. */
    public static JsonNode read(String name) {
        try {
            return new ObjectMapper().readTree(PythonCases.class.getResource(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Compares output, gradients and the names of the state with Python's. */
    static void assertCase(Layer layer, JsonNode expected) {
        Tensor input = ramp(shape(expected.get("input"))).set_requires_grad(true);
        Tensor output = layer.forward(input);
        assertThat(output.shape()).containsExactly(shape(expected.get("shape")));
        assertValues(output, expected.get("output"));
        output.mul(ramp(output.shape())).sum().backward();
        assertValues(input.grad(), expected.get("gradient"));
        assertThat(layer.stateDict().entries().keySet()).containsExactlyElementsOf(names(expected.get("state")));
        assertGradients(layer.namedParameters(), expected.get("gradients"));
    }

    static void assertGradients(Map<String, Tensor> parameters, JsonNode expected) {
        assertThat(parameters.keySet()).containsExactlyElementsOf(expected::fieldNames);
        parameters.forEach((name, parameter) -> {
            assertThat(values(parameter.grad()))
                    .as("gradient of %s", name)
                    .containsExactly(numbers(expected.get(name)), ROUNDING);
            parameter.mutable_grad().reset();
        });
    }

    /** Compares all values. */
    public static void assertValues(Tensor found, JsonNode expected) {
        assertThat(values(found)).containsExactly(numbers(expected), ROUNDING);
    }

    @SuppressWarnings("try")
    static void ramp(Layer layer) {
        try (NoGradGuard guard = new NoGradGuard();
                PointerScope scope = new PointerScope()) {
            layer.namedParameters().values().forEach(parameter -> parameter.copy_(ramp(parameter.shape())));
        }
    }

    /** Returns values between -1 and 1. */
    public static Tensor ramp(long... shape) {
        Tensor tensor = empty(shape);
        float[] values = new float[(int) tensor.numel()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (i * 37 % 101 / 50.0 - 1.0);
        }
        new FloatPointer(tensor.data_ptr()).put(values);
        return tensor;
    }

    /** Returns integers from 0 (inclusive) to {@code count} (exclusive). */
    public static Tensor integers(long count, long... shape) {
        long length = LongStream.of(shape).reduce(1, (a, b) -> a * b);
        return torch.tensor(LongStream.range(0, length)
                        .map(i -> i * 37 % 101 % count)
                        .toArray())
                .reshape(shape);
    }

    static double[] values(Tensor tensor) {
        Tensor contiguous = tensor.contiguous();
        float[] values = new float[(int) tensor.numel()];
        new FloatPointer(contiguous.data_ptr()).get(values);
        double[] wide = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            wide[i] = values[i];
        }
        return wide;
    }

    static double[] numbers(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .mapToDouble(JsonNode::asDouble)
                .toArray();
    }

    static List<String> names(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    static long[] shape(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .mapToLong(JsonNode::asLong)
                .toArray();
    }
}

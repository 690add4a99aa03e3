package org.ascend4j.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.bytedeco.pytorch.global.torch.empty;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.ascend4j.Ascend4jException;
import org.assertj.core.data.Offset;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Outputs and input gradients of every layer against Python's. */
class LayersTest {
    private static JsonNode golden;

    private PointerScope scope;

    @BeforeAll
    static void read() throws IOException {
        golden = new ObjectMapper().readTree(LayersTest.class.getResource("layers.json"));
    }

    @BeforeEach
    void open() {
        scope = new PointerScope();
    }

    @AfterEach
    void close() {
        scope.close();
    }

    static Stream<Arguments> layers() {
        return Stream.of(
                Arguments.of("conv", new Conv2d(2, 3, 3, 2, 1, true)),
                Arguments.of("convWithoutBias", new Conv2d(2, 3, 1, 1, 0, false)),
                Arguments.of("linear", new Linear(4, 3)),
                Arguments.of("relu", new ReLU(false)),
                Arguments.of("maxPoolFloor", new MaxPool2d(3, 2, 0, false)),
                Arguments.of("maxPoolCeil", new MaxPool2d(3, 2, 0, true)),
                Arguments.of("maxPoolPadded", new MaxPool2d(3, 1, 1, false)),
                Arguments.of("avgPool", new AvgPool2d(2, 1)),
                Arguments.of("adaptiveAvgPool", new AdaptiveAvgPool2d(2)),
                Arguments.of("localResponseNorm", new LocalResponseNorm(3, 0.5, 0.75, 2)),
                Arguments.of("flatten", new Flatten()),
                Arguments.of("dropoutInEvaluation", new Dropout(0.5)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("layers")
    void agreesWithPython(String key, Layer layer) {
        ramp(layer);
        layer.eval();
        assertCase(layer, golden.get(key));
        layer.close();
    }

    @ParameterizedTest
    @CsvSource({
        "5, 1, 1", "5, 2, 2", "5, 1, 3", "5, 3, 3", "3, 1, 1", "3, 1, 2", "3, 2, 2", "1, 1, 1", "5, 1, 6", "5, 2, 4"
    })
    void formsWithLessArithmeticGiveTheSame(int kernel, int height, int width) {
        try (Conv2d layer = new Conv2d(3, 4, kernel, kernel / 2)) {
            Tensor input = torch.randn(2, 3, height, width);
            Tensor slope = torch.randn(2, 4, height, width);
            List<Tensor> whole = outputAndGradients(layer, input, slope);
            layer.economise(true);
            List<Tensor> economical = outputAndGradients(layer, input, slope);
            for (int i = 0; i < whole.size(); i++) {
                assertThat(torch.allclose(economical.get(i), whole.get(i), 1e-5, 1e-6, false))
                        .as("tensor %d", i)
                        .isTrue();
            }
        }
    }

    @Test
    void aRectifierBehindItsPoolingGivesTheSameBits() {
        try (Conv2d convolution = new Conv2d(3, 4, 3, 1);
                ReLU rectifier = new ReLU(true);
                MaxPool2d pooling = new MaxPool2d(3, 2, 1, false);
                Sequential stage = new Sequential(convolution, rectifier, pooling)) {
            Tensor input = torch.randn(2, 3, 9, 9);
            Tensor slope = torch.randn(2, 4, 5, 5);
            stage.forward(input).mul(slope).sum().backward();
            Tensor found = convolution.weight().grad().clone();
            convolution.weight().mutable_grad().reset();
            Tensor expected = pooling.forward(torch.relu(convolution.forward(input)));
            assertThat(torch.equal(stage.forward(input), expected)).isTrue();
            expected.mul(slope).sum().backward();
            assertThat(torch.equal(found, convolution.weight().grad())).isTrue();
        }
    }

    /** Returns the output and the gradients of input, weight and bias. */
    private static List<Tensor> outputAndGradients(Conv2d layer, Tensor input, Tensor slope) {
        Tensor leaf = input.clone().set_requires_grad(true);
        Tensor output = layer.forward(leaf);
        output.mul(slope).sum().backward();
        List<Tensor> found = List.of(
                output.detach(),
                leaf.grad(),
                layer.weight().grad().clone(),
                layer.bias().grad().clone());
        layer.weight().mutable_grad().reset();
        layer.bias().mutable_grad().reset();
        return found;
    }

    @Test
    void batchNormTracksStatisticsInTrainingAndUsesThemInEvaluation() {
        try (BatchNorm2d layer = new BatchNorm2d(3, 0.01)) {
            ramp(layer);
            assertCase(layer, golden.at("/batchNorm/training"));
            golden.at("/batchNorm/state").properties().forEach(entry -> {
                Tensor found = layer.stateDict().get(entry.getKey()).to(ScalarType.Float);
                assertThat(values(found))
                        .as(entry.getKey())
                        .containsExactly(numbers(entry.getValue()), Offset.offset(1e-6));
            });
            assertThat(layer.stateDict().get("num_batches_tracked").dim()).isZero();
            layer.eval();
            assertCase(layer, golden.at("/batchNorm/evaluation"));
        }
    }

    @Test
    void reluInPlaceOverwritesItsInputAndReturnsIt() {
        try (ReLU layer = new ReLU(true)) {
            Tensor input = ramp(2, 7);
            assertThat(layer.forward(input)).isSameAs(input);
            assertThat(values(input)).containsExactly(numbers(golden.at("/relu/output")), Offset.offset(1e-6));
        }
    }

    @Test
    void dropoutInTrainingKeepsTheRightShareAndScalesIt() {
        try (Dropout layer = new Dropout(0.75)) {
            double[] output =
                    values(layer.forward(ramp(100, 100).abs().add(ramp(100, 100).abs())));
            double[] input = values(ramp(100, 100).abs().add(ramp(100, 100).abs()));
            int kept = 0;
            for (int i = 0; i < output.length; i++) {
                if (output[i] != 0) {
                    kept++;
                    assertThat(output[i]).isCloseTo(4 * input[i], Offset.offset(1e-5));
                }
            }
            assertThat(kept).isBetween(2300, 2700);
        }
    }

    @Test
    void anEvenNumberOfNeighboursIsRefused() {
        assertThatThrownBy(() -> new LocalResponseNorm(4, 1e-4, 0.75, 1))
                .isInstanceOf(Ascend4jException.class)
                .hasMessage("local response normalisation expects an odd number of channels, found 4");
    }

    private static void assertCase(Layer layer, JsonNode expected) {
        Tensor input = ramp(shape(expected.get("input")));
        input.set_requires_grad(true);
        Tensor output = layer.forward(input);
        assertThat(output.shape()).containsExactly(shape(expected.get("shape")));
        assertThat(values(output)).containsExactly(numbers(expected.get("output")), Offset.offset(1e-5));
        output.mul(ramp(output.shape())).sum().backward();
        assertThat(values(input.grad())).containsExactly(numbers(expected.get("gradient")), Offset.offset(1e-5));
    }

    @SuppressWarnings("try")
    private static void ramp(Layer layer) {
        try (NoGradGuard guard = new NoGradGuard()) {
            layer.namedParameters().values().forEach(parameter -> parameter.copy_(ramp(parameter.shape())));
        }
    }

    /** The formula of nn_goldens.py. */
    private static Tensor ramp(long... shape) {
        Tensor tensor = empty(shape);
        float[] values = new float[(int) tensor.numel()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (i * 37 % 101 / 50.0 - 1.0);
        }
        new FloatPointer(tensor.data_ptr()).put(values);
        return tensor;
    }

    private static double[] values(Tensor tensor) {
        Tensor contiguous = tensor.contiguous();
        float[] values = new float[(int) tensor.numel()];
        new FloatPointer(contiguous.data_ptr()).get(values);
        double[] wide = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            wide[i] = values[i];
        }
        return wide;
    }

    private static double[] numbers(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .mapToDouble(JsonNode::asDouble)
                .toArray();
    }

    private static long[] shape(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .mapToLong(JsonNode::asLong)
                .toArray();
    }
}

package org.ascend4j.nn;

import static org.ascend4j.nn.PythonCases.assertCase;
import static org.ascend4j.nn.PythonCases.assertGradients;
import static org.ascend4j.nn.PythonCases.assertValues;
import static org.ascend4j.nn.PythonCases.integers;
import static org.ascend4j.nn.PythonCases.numbers;
import static org.ascend4j.nn.PythonCases.ramp;
import static org.ascend4j.nn.PythonCases.shape;
import static org.ascend4j.nn.PythonCases.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.stream.Stream;
import org.ascend4j.Ascend4jException;
import org.assertj.core.data.Offset;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares outputs and input gradients of every layer with Python's. */
class LayersTest {
    private static JsonNode golden;

    private PointerScope scope;

    @BeforeAll
    static void read() {
        golden = PythonCases.read("layers.json");
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
                Arguments.of(
                        "convRectangular",
                        Conv2d.of(2, 3, 3, 2).stride(2, 1).padding(1, 0).build()),
                Arguments.of(
                        "convDilated", Conv2d.of(2, 2, 3).padding(2).dilation(2).build()),
                Arguments.of(
                        "convGroups", Conv2d.of(4, 6, 3).groups(2).padding(1).build()),
                Arguments.of(
                        "convDepthwise",
                        Conv2d.of(3, 3, 3).groups(3).padding(1).bias(false).build()),
                Arguments.of(
                        "convSame",
                        Conv2d.of(2, 2, 5, 3).dilation(1, 2).samePadding().build()),
                Arguments.of(
                        "conv1d",
                        Conv1d.of(2, 4, 3).stride(2).padding(1).groups(2).build()),
                Arguments.of(
                        "convTranspose",
                        ConvTranspose2d.of(2, 4, 3)
                                .stride(2)
                                .padding(1)
                                .outputPadding(1)
                                .groups(2)
                                .build()),
                Arguments.of(
                        "convTransposeRectangular",
                        ConvTranspose2d.of(2, 3, 2, 3).bias(false).build()),
                Arguments.of("linear", new Linear(4, 3)),
                Arguments.of("linearWithoutBias", new Linear(4, 3, false)),
                Arguments.of("relu", new ReLU(false)),
                Arguments.of("gelu", new GELU()),
                Arguments.of("geluTanh", new GELU(true)),
                Arguments.of("silu", new SiLU()),
                Arguments.of("hardswish", new Hardswish()),
                Arguments.of("hardsigmoid", new Hardsigmoid()),
                Arguments.of("relu6", new ReLU6()),
                Arguments.of("sigmoid", new Sigmoid()),
                Arguments.of("tanh", new Tanh()),
                Arguments.of("softmax", new Softmax(1)),
                Arguments.of("logSoftmax", new LogSoftmax(-1)),
                Arguments.of("leakyRelu", new LeakyReLU(0.1)),
                Arguments.of("elu", new ELU(0.5)),
                Arguments.of("identity", new Identity()),
                Arguments.of("layerNorm", new LayerNorm(4)),
                Arguments.of(
                        "layerNormOfTwoDimensions",
                        LayerNorm.of(3, 4).epsilon(0.1).build()),
                Arguments.of("layerNormWithoutBias", LayerNorm.of(4).bias(false).build()),
                Arguments.of("layerNormPlain", LayerNorm.of(4).affine(false).build()),
                Arguments.of("groupNorm", GroupNorm.of(2, 4).epsilon(0.1).build()),
                Arguments.of("groupNormPlain", GroupNorm.of(2, 4).affine(false).build()),
                Arguments.of("maxPoolFloor", new MaxPool2d(3, 2, 0, false)),
                Arguments.of("maxPoolCeil", new MaxPool2d(3, 2, 0, true)),
                Arguments.of("maxPoolPadded", new MaxPool2d(3, 1, 1, false)),
                Arguments.of(
                        "maxPoolRectangular",
                        MaxPool2d.of(3, 2).stride(1, 2).padding(1, 0).build()),
                Arguments.of(
                        "maxPoolDilated", MaxPool2d.of(2).stride(1).dilation(2).build()),
                Arguments.of("maxPoolSideBySide", MaxPool2d.of(2).build()),
                Arguments.of("avgPool", new AvgPool2d(2, 1)),
                Arguments.of(
                        "avgPoolRectangular",
                        AvgPool2d.of(3, 2).stride(2, 1).padding(1, 0).build()),
                Arguments.of(
                        "avgPoolWithoutPadding",
                        AvgPool2d.of(3)
                                .padding(1)
                                .ceilMode(true)
                                .countIncludePad(false)
                                .build()),
                Arguments.of("avgPoolDivisor", AvgPool2d.of(2).divisor(3).build()),
                Arguments.of("adaptiveAvgPool", new AdaptiveAvgPool2d(2)),
                Arguments.of("adaptiveAvgPoolRectangular", new AdaptiveAvgPool2d(3, 2)),
                Arguments.of("adaptiveMaxPool", new AdaptiveMaxPool2d(3, 2)),
                Arguments.of("localResponseNorm", new LocalResponseNorm(3, 0.5, 0.75, 2)),
                Arguments.of("flatten", new Flatten()),
                Arguments.of("dropoutInEvaluation", new Dropout(0.5)),
                Arguments.of("dropout2dInEvaluation", new Dropout2d(0.5)));
    }

    /** Returns layers that have an economical form. */
    static Stream<Arguments> economicalLayers() {
        return layers().filter(arguments -> {
            String key = (String) arguments.get()[0];
            return key.startsWith("conv") || key.startsWith("maxPool");
        });
    }

    static Stream<Arguments> batchNorms() {
        return Stream.of(
                Arguments.of("batchNorm", new BatchNorm2d(3, 0.01)),
                Arguments.of(
                        "batchNormMomentum", BatchNorm2d.of(3).momentum(0.3).build()),
                Arguments.of("batchNormPlain", BatchNorm2d.of(3).affine(false).build()),
                Arguments.of(
                        "batchNormUntracked",
                        BatchNorm2d.of(3).trackRunningStatistics(false).build()),
                Arguments.of("batchNorm1d", new BatchNorm1d(3)),
                Arguments.of("batchNorm1dOfSequences", new BatchNorm1d(3)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("layers")
    void agreesWithPython(String key, Layer layer) {
        ramp(layer);
        layer.eval();
        assertCase(layer, golden.get(key));
        layer.close();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("economicalLayers")
    void economicalFormsAgreeWithPython(String key, Layer layer) {
        ramp(layer);
        layer.economise(true);
        assertCase(layer, golden.get(key));
        layer.close();
    }

    /** Tests windows over 15 and windows larger than the padded map. */
    @Test
    void poolingsThatOurKernelsDoNotTakeAreTorchs() {
        try (PointerScope scope = new PointerScope();
                MaxPool2d wide = new MaxPool2d(17, 2, 8, true);
                MaxPool2d tooWide = new MaxPool2d(7, 1, 0, false)) {
            Tensor maps = torch.randn(2, 3, 20, 20).contiguous(MemoryFormat.ChannelsLast);
            wide.economise(true);
            Tensor expected = torch.max_pool2d(
                    maps, new long[] {17, 17}, new long[] {2, 2}, new long[] {8, 8}, new long[] {1, 1}, true);
            assertThat(torch.equal(wide.forward(maps), expected)).isTrue();
            tooWide.economise(true);
            Tensor small = torch.randn(2, 3, 4, 4).contiguous(MemoryFormat.ChannelsLast);
            assertThatThrownBy(() -> tooWide.forward(small)).hasMessageContaining("Output size is too small");
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

    @ParameterizedTest(name = "{0}")
    @MethodSource("batchNorms")
    void batchNormTracksStatisticsInTrainingAndUsesThemInEvaluation(String key, BatchNorm layer) {
        JsonNode expected = golden.get(key);
        ramp(layer);
        assertCase(layer, expected.get("training"));
        assertThat(layer.stateDict().entries().keySet()).containsExactlyElementsOf(expected.get("state")::fieldNames);
        expected.get("state").properties().forEach(entry -> {
            Tensor found = layer.stateDict().get(entry.getKey()).to(ScalarType.Float);
            assertThat(values(found))
                    .as(entry.getKey())
                    .containsExactly(numbers(entry.getValue()), Offset.offset(1e-6));
        });
        if (layer.runningMean() != null) {
            assertThat(layer.stateDict().get("num_batches_tracked").dim()).isZero();
        }
        layer.eval();
        assertCase(layer, expected.get("evaluation"));
        layer.close();
    }

    @ParameterizedTest
    @CsvSource({"embedding, -1", "embeddingPadded, 2"})
    void embeddingReadsRowsAndTrainsThem(String key, long padding) {
        try (Embedding layer = padding < 0 ? new Embedding(7, 3) : new Embedding(7, 3, padding)) {
            if (padding >= 0) {
                assertThat(values(layer.weight().select(0, padding))).containsOnly(0);
            }
            ramp(layer);
            Tensor output = layer.forward(integers(7, 2, 4));
            assertThat(output.shape()).containsExactly(shape(golden.get(key).get("shape")));
            assertValues(output, golden.get(key).get("output"));
            output.mul(ramp(output.shape())).sum().backward();
            assertGradients(layer.namedParameters(), golden.get(key).get("gradients"));
        }
    }

    @Test
    void dropout2dInTrainingKeepsWholeMapsAndScalesThem() {
        try (Dropout2d layer = new Dropout2d(0.75)) {
            double[] output = values(layer.forward(torch.ones(40, 50, 2, 2)));
            int kept = 0;
            for (int map = 0; map < 2000; map++) {
                double first = output[4 * map];
                assertThat(first).isIn(0.0, 4.0);
                assertThat(Arrays.copyOfRange(output, 4 * map, 4 * map + 4)).containsOnly(first);
                kept += first > 0 ? 1 : 0;
            }
            assertThat(kept).isBetween(400, 600);
        }
    }

    @Test
    void residualAddsItsShortcutAndConcatJoinsItsBranches() {
        try (Conv2d one = new Conv2d(2, 3, 1, 0);
                Conv2d other = new Conv2d(2, 3, 3, 1);
                Linear square = new Linear(4, 4);
                Residual sum = new Residual(one, other);
                Residual plain = new Residual(square);
                Concat both = new Concat(one, other, new Identity())) {
            Tensor input = ramp(1, 2, 4, 4);
            Tensor first = one.forward(input);
            Tensor second = other.forward(input);
            assertThat(torch.equal(sum.forward(input), second.add(first))).isTrue();
            assertThat(torch.equal(plain.forward(input), input.add(square.forward(input))))
                    .isTrue();
            assertThat(torch.equal(both.forward(input), torch.cat(new TensorVector(first, second, input), 1)))
                    .isTrue();
            assertThat(sum.stateDict().entries().keySet())
                    .containsExactly("body.weight", "body.bias", "shortcut.weight", "shortcut.bias");
            assertThat(both.stateDict().entries().keySet()).containsExactly("0.weight", "0.bias", "1.weight", "1.bias");
            assertThat(input.defined()).isTrue();
        }
    }

    @Test
    void anEmptyShortcutAndLayersInPlaceLeaveTheInputOpen() {
        try (Linear square = new Linear(4, 4);
                Residual plain = new Residual(square, new Sequential());
                Residual inPlace = new Residual(new ReLU(true));
                Sequential first = new Sequential(new ReLU(true))) {
            Tensor input = ramp(2, 4);
            Tensor expected = input.add(square.forward(input));
            assertThat(torch.equal(plain.forward(input), expected)).isTrue();
            Tensor rectified = torch.relu(input);
            try (Tensor output = first.forward(input)) {
                assertThat(torch.equal(output, rectified)).isTrue();
            }
            assertThat(torch.equal(inPlace.forward(input), rectified.add(rectified)))
                    .isTrue();
            assertThat(torch.equal(input, rectified)).isTrue();
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

    @Test
    void optionsThatDoNotFitAreRefused() {
        assertThatThrownBy(() -> Conv2d.of(4, 6, 3).groups(4))
                .isInstanceOf(Ascend4jException.class)
                .hasMessage("groups expects a divisor of 4 and 6 channels, found 4");
        assertThatThrownBy(() -> Conv2d.of(4, 6, 3, 3, 3))
                .isInstanceOf(Ascend4jException.class)
                .hasMessage("a kernel expects 1 or 2 numbers, found [3, 3, 3]");
        assertThatThrownBy(() -> Conv2d.of(4, 6, 2).samePadding())
                .isInstanceOf(Ascend4jException.class)
                .hasMessage("same padding expects an odd kernel or an even dilation, found a kernel of 2x2");
        assertThatThrownBy(() -> new Embedding(4, 6, 4))
                .isInstanceOf(Ascend4jException.class)
                .hasMessage("the padding index of an embedding expects 0 to 3, found 4");
    }
}

package org.ascend4j.export.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtException;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.ascend4j.export.TracedNetwork;
import org.ascend4j.nativelib.support.Prerequisite;
import org.ascend4j.nativelib.support.Requires;
import org.ascend4j.nn.AdaptiveAvgPool2d;
import org.ascend4j.nn.AdaptiveMaxPool2d;
import org.ascend4j.nn.AvgPool2d;
import org.ascend4j.nn.BatchNorm1d;
import org.ascend4j.nn.BatchNorm2d;
import org.ascend4j.nn.Conv1d;
import org.ascend4j.nn.Conv2d;
import org.ascend4j.nn.ConvTranspose2d;
import org.ascend4j.nn.Dropout;
import org.ascend4j.nn.Dropout2d;
import org.ascend4j.nn.ELU;
import org.ascend4j.nn.Flatten;
import org.ascend4j.nn.GELU;
import org.ascend4j.nn.GroupNorm;
import org.ascend4j.nn.Hardsigmoid;
import org.ascend4j.nn.Hardswish;
import org.ascend4j.nn.Identity;
import org.ascend4j.nn.Layer;
import org.ascend4j.nn.LayerNorm;
import org.ascend4j.nn.LeakyReLU;
import org.ascend4j.nn.Linear;
import org.ascend4j.nn.LocalResponseNorm;
import org.ascend4j.nn.LogSoftmax;
import org.ascend4j.nn.MaxPool2d;
import org.ascend4j.nn.ReLU;
import org.ascend4j.nn.ReLU6;
import org.ascend4j.nn.Residual;
import org.ascend4j.nn.Sequential;
import org.ascend4j.nn.SiLU;
import org.ascend4j.nn.Sigmoid;
import org.ascend4j.nn.Softmax;
import org.ascend4j.nn.Tanh;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each layer, exported with the lowest and the highest opset, gives the same results in ONNX Runtime as in torch. */
@Requires(Prerequisite.NATIVE)
class LayersExportTest {
    private static final long[] MAPS = {6, 9, 7};
    private static final long[] FEATURES = {12};

    static Stream<Arguments> layers() {
        return Stream.of(
                layer(
                        "conv2d",
                        () -> Conv2d.of(6, 8, 3, 2)
                                .stride(2, 1)
                                .padding(1, 0)
                                .dilation(1, 2)
                                .build(),
                        MAPS),
                layer(
                        "conv2d in groups",
                        () -> Conv2d.of(6, 12, 3).groups(3).bias(false).build(),
                        MAPS),
                layer("conv1d", () -> Conv1d.of(6, 5, 3).padding(1).build(), 6, 11),
                layer(
                        "conv transpose",
                        () -> ConvTranspose2d.of(6, 4, 3).stride(2).padding(1).build(),
                        MAPS),
                layer("linear", () -> new Linear(12, 5), FEATURES),
                layer("linear of sequences", () -> new Linear(12, 5, false), 4, 12),
                layer("max pool", () -> new MaxPool2d(3, 2, 1, false), MAPS),
                layer("max pool that rounds up", () -> new MaxPool2d(2, 2, 0, true), MAPS),
                layer("max pool, padded, that rounds up", () -> new MaxPool2d(3, 2, 1, true), 6, 8, 7),
                layer("average pool", () -> AvgPool2d.of(3).stride(2).padding(1).build(), MAPS),
                layer(
                        "average pool that rounds up",
                        () -> AvgPool2d.of(3)
                                .stride(2)
                                .padding(1)
                                .ceilMode(true)
                                .build(),
                        6,
                        8,
                        7),
                layer(
                        "average pool of what is there",
                        () -> AvgPool2d.of(2)
                                .stride(2)
                                .ceilMode(true)
                                .countIncludePad(false)
                                .build(),
                        MAPS),
                layer(
                        "average pool with a divisor",
                        () -> AvgPool2d.of(3).padding(1).divisor(5).build(),
                        MAPS),
                layer("global average", () -> new AdaptiveAvgPool2d(1), MAPS),
                layer("adaptive average, even", () -> new AdaptiveAvgPool2d(3, 7), MAPS),
                layer("adaptive average, uneven", () -> new AdaptiveAvgPool2d(4, 3), MAPS),
                layer("adaptive average, larger", () -> new AdaptiveAvgPool2d(12, 8), MAPS),
                layer("adaptive max, even", () -> new AdaptiveMaxPool2d(3, 1), MAPS),
                layer("adaptive max, uneven", () -> new AdaptiveMaxPool2d(4, 5), MAPS),
                layer("batch norm", () -> perturbed(new BatchNorm2d(6)), MAPS),
                layer("batch norm of features", () -> perturbed(new BatchNorm1d(12)), FEATURES),
                layer("group norm", () -> perturbed(new GroupNorm(3, 6)), MAPS),
                layer("layer norm", () -> perturbed(new LayerNorm(9, 7)), MAPS),
                layer("local response norm", () -> new LocalResponseNorm(5, 1e-2, 0.75, 1), MAPS),
                layer("relu", () -> new ReLU(true), MAPS),
                layer("relu6", ReLU6::new, MAPS),
                layer("leaky relu", () -> new LeakyReLU(0.1), MAPS),
                layer("elu", () -> new ELU(0.7), MAPS),
                layer("gelu", GELU::new, MAPS),
                layer("gelu by tanh", () -> new GELU(true), MAPS),
                layer("silu", SiLU::new, MAPS),
                layer("sigmoid", Sigmoid::new, MAPS),
                layer("tanh", Tanh::new, MAPS),
                layer("hardsigmoid", Hardsigmoid::new, MAPS),
                layer("hardswish", Hardswish::new, MAPS),
                layer("softmax over channels", () -> new Softmax(1), MAPS),
                layer("log softmax", () -> new LogSoftmax(1), FEATURES),
                layer("dropout", () -> new Dropout(0.5), MAPS),
                layer("dropout of maps", () -> new Dropout2d(0.5), MAPS),
                layer("flatten", Flatten::new, MAPS),
                layer("identity", Identity::new, MAPS),
                layer("residual", () -> new Residual(new Conv2d(6, 6, 3, 1)), MAPS));
    }

    private static Arguments layer(String name, Supplier<Layer> layer, long... extents) {
        return Arguments.of(Named.of(name, layer), extents);
    }

    /** Sets weights and statistics to values that are neither 0 nor 1. */
    private static Layer perturbed(Layer layer) {
        try (NoGradGuard noGrad = new NoGradGuard()) {
            layer.stateDict().entries().values().stream()
                    .filter(Tensor::is_floating_point)
                    .forEach(tensor -> tensor.uniform_(0.5, 1.5, null));
        }
        return layer;
    }

    @ParameterizedTest
    @MethodSource("layers")
    void onnxRuntimeAgrees(Supplier<Layer> make, long[] extents) throws OrtException {
        torch.manual_seed(3);
        try (PointerScope scope = new PointerScope();
                NoGradGuard noGrad = new NoGradGuard();
                Layer network = new Sequential(make.get())) {
            network.train(false);
            ExportedNetworks.compare(network, extents);
        }
    }

    @ParameterizedTest
    @MethodSource("folded")
    void foldedBatchNormsAreGoneAndGiveTheSame(Supplier<Layer> make) throws OrtException {
        torch.manual_seed(4);
        try (PointerScope scope = new PointerScope();
                NoGradGuard noGrad = new NoGradGuard();
                Layer network = make.get()) {
            network.train(false);
            try (TracedNetwork traced = TracedNetwork.of(network, MAPS)) {
                OnnxModel model = OnnxExport.of(traced).foldBatchNorm(true).model();
                assertThat(model.operators()).contains("Conv").doesNotContain("BatchNormalization");
                assertThat(OnnxExport.of(traced).model().operators()).contains("BatchNormalization");
                ExportedNetworks.compare(network, model, MAPS);
            }
        }
    }

    static Stream<Arguments> folded() {
        return Stream.of(
                Arguments.of(Named.<Supplier<Layer>>of(
                        "without bias",
                        () -> new Sequential(
                                Conv2d.of(6, 4, 3).bias(false).build(),
                                perturbed(new BatchNorm2d(4)),
                                new ReLU(true)))),
                Arguments.of(Named.<Supplier<Layer>>of(
                        "with bias", () -> new Sequential(new Conv2d(6, 4, 3, 1), perturbed(new BatchNorm2d(4))))));
    }
}

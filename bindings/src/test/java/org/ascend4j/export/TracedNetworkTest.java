package org.ascend4j.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.ascend4j.Ascend4jException;
import org.ascend4j.export.onnx.OnnxExport;
import org.ascend4j.nativelib.support.Prerequisite;
import org.ascend4j.nativelib.support.Requires;
import org.ascend4j.nn.Conv2d;
import org.ascend4j.nn.Layer;
import org.ascend4j.nn.LocalResponseNorm;
import org.ascend4j.nn.Sequential;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueVector;
import org.bytedeco.pytorch.JitModule;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests what is recorded of networks, and which networks are rejected. */
@Requires(Prerequisite.NATIVE)
class TracedNetworkTest {
    @TempDir
    private Path folder;

    @Test
    void torchScriptComputesTheSameForAnyBatchUnderTheNetworksNames() {
        Path file = folder.resolve("net.torchscript");
        torch.manual_seed(5);
        try (PointerScope scope = new PointerScope();
                NoGradGuard noGrad = new NoGradGuard();
                Layer network = new Sequential()
                        .add("first", new Conv2d(3, 5, 3, 1))
                        .add("norm", new LocalResponseNorm(5, 1e-2, 0.75, 2))) {
            network.train(false);
            try (TracedNetwork traced = TracedNetwork.of(network, 3, 8, 6)) {
                traced.writeTorchScript(file, "{}");
            }
            JitModule module = torch.load(file.toString());
            assertThat(module.named_parameters().size()).isEqualTo(2);
            for (long batch : new long[] {1, 2, 7}) {
                Tensor images = torch.randn(batch, 3, 8, 6);
                Tensor found =
                        module.forward(new IValueVector(new IValue(images))).toTensor();
                assertThat(found.equal(network.forward(images))).isTrue();
            }
        }
    }

    @Test
    void moduleAndOperatorAreNamedWhereThereIsNoMapping() {
        try (Layer network =
                new Sequential().add("body", new Sequential().add("odd", new FunctionLayer(Tensor::cosh)))) {
            network.train(false);
            try (TracedNetwork traced = TracedNetwork.of(network, 4)) {
                assertThatThrownBy(() -> OnnxExport.of(traced).model())
                        .isInstanceOf(Ascend4jException.class)
                        .hasMessage("ONNX export has no mapping of aten::cosh of the module body.odd");
            }
        }
    }

    @Test
    void aNetworkInTrainingIsRefused() {
        refused(new Sequential(new Conv2d(3, 4, 3, 1)), "call train(false)");
    }

    @Test
    void batchesThatEndInOtherDimensionsAreRefusedByName() {
        try (Layer network = new Sequential(
                new FunctionLayer(input -> input.matmul(input.t()).reshape(input.size(0), input.size(0), 1)))) {
            network.train(false);
            assertThatThrownBy(() -> export(network))
                    .isInstanceOf(Ascend4jException.class)
                    .hasMessageContaining("of the module 0 into a shape with the batch in more than one dimension");
        }
    }

    @Test
    void numbersThatDependOnTheBatchAreRefused() {
        refusedInEvaluation(
                input -> input.div(new Scalar(input.size(0) + 0.5)),
                "numbers that do not change from one batch to the next");
    }

    @Test
    void numbersThatAreReadOfTensorsAreRefused() {
        refusedInEvaluation(input -> input.mul(new Scalar(input.sum().item_double())), "numbers that do not change");
    }

    @Test
    void operatorsThatDependOnTheBatchAreRefused() {
        refusedInEvaluation(
                input -> input.size(0) > 2 ? input.exp() : input.exp().exp(), "the same operators for every batch");
    }

    @Test
    void writingToAViewIsRefused() {
        refusedInEvaluation(
                input -> {
                    Tensor copy = input.mul(new Scalar(2.0));
                    copy.narrow(1, 0, 1).mul_(new Scalar(3.0));
                    return copy;
                },
                "writes to views");
    }

    private static void refusedInEvaluation(UnaryOperator<Tensor> function, String sentence) {
        Layer network = new Sequential(new FunctionLayer(function));
        network.train(false);
        refused(network, sentence);
    }

    private static void refused(Layer network, String sentence) {
        try (network) {
            assertThatThrownBy(() -> export(network))
                    .isInstanceOf(Ascend4jException.class)
                    .hasMessageContaining(sentence);
        }
    }

    private static void export(Layer network) {
        try (TracedNetwork traced = TracedNetwork.of(network, 4)) {
            OnnxExport.of(traced).model();
        }
    }
}

package org.ascend4j.export.onnx;

import ai.onnxruntime.OrtException;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.ascend4j.export.FunctionLayer;
import org.ascend4j.nativelib.support.Prerequisite;
import org.ascend4j.nativelib.support.Requires;
import org.ascend4j.nn.Layer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Operators that user networks call between layers give the same results in ONNX Runtime as in torch. */
@Requires(Prerequisite.NATIVE)
class FunctionsExportTest {
    static Stream<Arguments> functions() {
        return Stream.of(
                function(
                        "channels as images and back",
                        x -> x.reshape(x.size(0) * 4, 6, 5).exp().reshape(x.size(0), -1)),
                function(
                        "channels first, then last",
                        x -> x.permute(0, 2, 3, 1).reshape(-1, 4).transpose(0, 1)),
                function(
                        "shuffled channels",
                        x -> x.view(x.size(0), 2, 2, 6, 5).transpose(1, 2).reshape(x.size(0), 4, 6, 5)),
                function("flattened maps", x -> torch.flatten(x, 2, 3)),
                function(
                        "one more dimension and one less",
                        x -> x.unsqueeze(1).squeeze(1).unsqueeze(-1)),
                function("concatenation", x -> torch.cat(new TensorVector(x, x.neg()), -3)),
                function("stack", x -> torch.stack(new TensorVector(x, x.abs()), 2)),
                function("narrow", x -> x.narrow(3, 1, 3)),
                function("slice from the end", x -> x.slice(2, new LongOptional(-4), new LongOptional(-1), 2)),
                function("select", x -> x.select(1, -1)),
                function("chunks", x -> torch.chunk(x, 2, 1).get(1)),
                function("split", x -> torch.split(x, 4, 2).get(1)),
                function("border", x -> torch.constant_pad_nd(x, new long[] {1, 0, 2, 3}, new Scalar(0.5))),
                function("nearest, larger", x -> torch.upsample_nearest2d(x, 12, 15)),
                function("bilinear, larger", x -> torch.upsample_bilinear2d(x, new long[] {9, 11}, false)),
                function("bilinear, corners", x -> torch.upsample_bilinear2d(x, new long[] {9, 11}, true)),
                function("expanded", x -> x.mean(new long[] {2, 3}, true, null).expand(x.size(0), 4, 6, 5)),
                function("a tensor as large as the batch", x -> x.add(torch.ones(x.size(0), 1, 1, 5))),
                function(
                        "squeeze and excitation",
                        x -> x.mul(torch.adaptive_avg_pool2d(x, 1, 1).sigmoid())),
                function("mean and sum", x -> x.mean(new long[] {-1}, false, null)
                        .sum(new long[] {1}, true, null)),
                function("extremes", x -> torch.amax(x, new long[] {1}, false)
                        .sub(torch.amin(x, new long[] {1}, false))),
                function("scalars", x -> x.mul(new Scalar(2.5))
                        .add(new Scalar(1))
                        .div(new Scalar(3))
                        .sub(new Scalar(0.5))),
                function("from a number", x -> torch.rsub(x, new Scalar(1.0))),
                function("with a factor", x -> x.add(x.square(), new Scalar(0.3))),
                function("power", x -> x.abs().add(new Scalar(1.0)).pow(new Scalar(0.75))),
                function("clamp", x -> x.clamp_min(new Scalar(-0.2)).mul(torch.relu6(x.mul(new Scalar(9.0))))),
                function("roots", x -> x.square().add(new Scalar(1.0)).rsqrt()),
                function("product of matrices", x -> x.matmul(x.transpose(2, 3))),
                function("rectified in place", x -> x.mul(new Scalar(3.0)).relu_()),
                function("from integers", x -> torch.arange(new Scalar(5.0)).add(x)),
                function("softmax over rows", x -> x.softmax(2)));
    }

    private static Arguments function(String name, UnaryOperator<Tensor> function) {
        return Arguments.of(Named.of(name, function));
    }

    @ParameterizedTest
    @MethodSource("functions")
    void onnxRuntimeAgrees(UnaryOperator<Tensor> function) throws OrtException {
        torch.manual_seed(8);
        try (PointerScope scope = new PointerScope();
                NoGradGuard noGrad = new NoGradGuard();
                Layer network = new FunctionLayer(function)) {
            ExportedNetworks.compare(network, 4, 6, 5);
        }
    }
}

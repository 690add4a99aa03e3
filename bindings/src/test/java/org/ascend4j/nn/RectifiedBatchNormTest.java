package org.ascend4j.nn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.ascend4j.nativelib.NativeLibrary;
import org.ascend4j.runtime.TorchRuntime;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Compares the economical form of a batch norm and its rectifier with the two layers one after the other. */
final class RectifiedBatchNormTest {
    /** A value within the rounding of zero would be rectified in one form only. */
    @BeforeEach
    void drawTheSameNumbers() {
        TorchRuntime.load();
        torch.manual_seed(0);
    }

    @Test
    void trainsAsTheTwoLayersDo() {
        try (PointerScope scope = new PointerScope();
                BatchNorm2d plain = norm();
                BatchNorm2d economical = norm()) {
            assertThat(scope).isNotNull();
            Tensor input = torch.randn(4, 5, 9, 9).contiguous(MemoryFormat.ChannelsLast);
            Tensor slope = torch.randn(4, 5, 9, 9);
            List<Tensor> expected = outputAndGradients(plain, input, slope);
            economical.economise(true);
            assertThat(economical.takesRectifier(input)).isEqualTo(NativeLibrary.isAvailable());
            List<Tensor> found = outputAndGradients(economical, input, slope);
            found.addAll(economical.stateDict().entries().values());
            expected.addAll(plain.stateDict().entries().values());
            assertClose(found, expected);
            assertThat(economical.stateDict().get("num_batches_tracked").item_long())
                    .isEqualTo(1);
        }
    }

    @Test
    void otherNormsAndRectifiersComputeOneAfterTheOther() {
        try (PointerScope scope = new PointerScope();
                BatchNorm2d norm = norm();
                BatchNorm2d withoutWeights = BatchNorm2d.of(5).affine(false).build();
                BatchNorm2d withoutStatistics =
                        BatchNorm2d.of(5).trackRunningStatistics(false).build()) {
            assertThat(scope).isNotNull();
            Tensor contiguous = torch.randn(4, 5, 9, 9);
            Tensor input = contiguous.contiguous(MemoryFormat.ChannelsLast);
            assertThat(norm.takesRectifier(input)).as("not economical").isFalse();
            Stream.of(norm, withoutWeights, withoutStatistics).forEach(each -> each.economise(true));
            assertThat(norm.takesRectifier(contiguous)).as("channels not last").isFalse();
            assertThat(norm.takesRectifier(input.to(ScalarType.Double)))
                    .as("fp64")
                    .isFalse();
            assertThat(withoutWeights.takesRectifier(input))
                    .as("without weights")
                    .isFalse();
            assertThat(withoutStatistics.takesRectifier(input))
                    .as("without statistics")
                    .isFalse();
            norm.normaliseBy((maps, weight, bias, mean, variance, momentum, epsilon) -> maps.neg());
            assertThat(norm.takesRectifier(input)).as("statistics of all ranks").isFalse();
            assertClose(
                    List.of(new Sequential(norm, new ReLU(true)).forward(input)),
                    List.of(input.neg().relu()));
            norm.eval();
            assertThat(norm.takesRectifier(input)).as("evaluation").isFalse();
        }
    }

    @Test
    void anObserverSeesBothLayers() {
        try (PointerScope scope = new PointerScope();
                Sequential stage = new Sequential(norm(), new ReLU(true))) {
            assertThat(scope).isNotNull();
            stage.economise(true);
            List<String> seen = new ArrayList<>();
            ForwardObserver observer = new ForwardObserver() {
                @Override
                public void before(Layer layer, Tensor input) {}

                @Override
                public void after(Layer layer, Tensor input, Tensor output) {
                    seen.add(layer.typeName());
                }
            };
            Tensor input = torch.randn(4, 5, 9, 9).contiguous(MemoryFormat.ChannelsLast);
            Layer.observe(observer, () -> {
                stage.forward(input);
            });
            assertThat(seen).containsExactly("BatchNorm2d", "ReLU", "Sequential");
        }
    }

    private static BatchNorm2d norm() {
        BatchNorm2d norm = BatchNorm2d.of(5).epsilon(0.01).build();
        norm.setMomentum(0.3);
        // The closed form of each channel's weight and bias: both signs occur.
        for (int i = 0; i < 5; i++) {
            norm.weight().data().select(0, i).fill_(new Scalar(1.5 - i));
            norm.bias().data().select(0, i).fill_(new Scalar(0.3 * i - 0.5));
        }
        return norm;
    }

    private static List<Tensor> outputAndGradients(BatchNorm2d norm, Tensor input, Tensor slope) {
        Tensor leaf = input.detach().set_requires_grad(true);
        Tensor output = new Sequential(norm, new ReLU(false)).forward(leaf);
        output.mul(slope).sum().backward();
        return new ArrayList<>(
                List.of(output, leaf.grad(), norm.weight().grad(), norm.bias().grad()));
    }

    private static void assertClose(List<Tensor> found, List<Tensor> expected) {
        assertThat(found).hasSameSizeAs(expected);
        for (int i = 0; i < found.size(); i++) {
            assertThat(torch.allclose(found.get(i), expected.get(i), 1e-4, 1e-5, false))
                    .as("%d", i)
                    .isTrue();
        }
    }
}

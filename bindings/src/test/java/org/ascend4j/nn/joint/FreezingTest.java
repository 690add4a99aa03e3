package org.ascend4j.nn.joint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ascend4j.device.Layout;
import org.ascend4j.nn.BatchNorm2d;
import org.ascend4j.nn.Conv2d;
import org.ascend4j.optim.FlatParameters;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests freezing members of joint tensors: the gradients equal those of units computed separately. */
class FreezingTest {
    private PointerScope scope;
    private Block block;
    private Tensor input;

    /** Three units that read the same input, computed as one if they are joined. */
    private static final class Block extends JointLayer {
        private final List<ConvUnit> units = List.of(unit("a"), unit("b"), unit("c"));
        private final JointUnits joint = new JointUnits(units.toArray(ConvUnit[]::new));

        Block() {
            super("Block");
            joint(joint.tensors());
        }

        private ConvUnit unit(String name) {
            return new ConvUnit(child(name, new Conv2d(3, 2, 1, 0)), child(name + "_bn", new BatchNorm2d(2)));
        }

        @Override
        protected Tensor compute(Tensor input) {
            if (joint.joined()) {
                return torch.cat(joint.forward(input), 1);
            }
            Tensor[] outputs = units.stream().map(unit -> unit.forward(input)).toArray(Tensor[]::new);
            return torch.cat(new TensorVector(outputs), 1);
        }
    }

    @BeforeEach
    void open() {
        scope = new PointerScope();
        torch.manual_seed(3);
        block = new Block();
        input = torch.randn(4, 3, 5, 5);
    }

    @AfterEach
    void close() {
        block.close();
        scope.close();
    }

    @Test
    void aFrozenMemberGetsNoGradientAndItsSiblingsDo() {
        Map<String, Tensor> expected = gradientsOneByOne();
        freeze("a.weight", "b.bias", "c_bn.weight");
        try (FlatParameters flat = FlatParameters.joining(block, Layout.CONTIGUOUS)) {
            assertThat(block.joint.joined()).isTrue();
            check(flat, expected, "a.weight", "b.bias", "c_bn.weight");
            flat.zeroGradients();
            block.requiresGrad(true);
            flat.zeroGradients();
            check(flat, expected);
        }
    }

    @Test
    void membersThatAreAllFrozenAreLeftOutOfTheGraph() {
        Map<String, Tensor> expected = gradientsOneByOne();
        freeze("a.weight", "b.weight", "c.weight");
        try (FlatParameters flat = FlatParameters.joining(block, Layout.CONTIGUOUS)) {
            check(flat, expected, "a.weight", "b.weight", "c.weight");
            assertThat(flat.leaves()).filteredOn(leaf -> leaf.dim() == 4).noneMatch(Tensor::requires_grad);
        }
    }

    private void freeze(String... names) {
        for (String name : names) {
            block.namedParameters().get(name).set_requires_grad(false);
        }
    }

    private void backward() {
        Tensor output = block.forward(input);
        output.mul(output).sum().backward();
    }

    private Map<String, Tensor> gradientsOneByOne() {
        backward();
        Map<String, Tensor> gradients = new LinkedHashMap<>();
        block.namedParameters().forEach((name, parameter) -> {
            gradients.put(name, parameter.grad().clone());
            parameter.mutable_grad().reset();
        });
        return gradients;
    }

    private void check(FlatParameters flat, Map<String, Tensor> expected, String... frozen) {
        backward();
        for (int i = 0; i < flat.size(); i++) {
            String name = flat.names().get(i);
            boolean isFrozen = List.of(frozen).contains(name);
            assertThat(flat.hasGradient(i)).as(name).isNotEqualTo(isFrozen);
            if (!isFrozen) {
                assertThat(torch.allclose(flat.gradient(i), expected.get(name), 1e-4, 1e-5, false))
                        .as(name)
                        .isTrue();
            }
        }
    }
}

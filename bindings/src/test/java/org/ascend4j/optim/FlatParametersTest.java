package org.ascend4j.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ascend4j.Ascend4jException;
import org.ascend4j.device.Layout;
import org.ascend4j.nn.joint.JointTensor;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FlatParametersTest {
    private PointerScope scope;
    private Map<String, Tensor> values;
    private Map<String, Tensor> parameters;

    @BeforeEach
    void open() {
        scope = new PointerScope();
        torch.manual_seed(3);
        values = new LinkedHashMap<>();
        values.put("conv.weight", torch.randn(4, 3, 2, 2));
        values.put("conv.bias", torch.randn(3));
        values.put("fc.weight", torch.randn(4, 8));
        values.put("temperature", torch.randn(1).squeeze());
        parameters = Golden.parameters(values);
    }

    @AfterEach
    void close() {
        scope.close();
    }

    @ParameterizedTest
    @EnumSource(Layout.class)
    void parametersKeepTheirValuesAndFollowTheBuffer(Layout layout) {
        FlatParameters flat = new FlatParameters(parameters, layout);
        values.forEach((name, value) -> {
            assertThat(parameters.get(name).equal(value)).as(name).isTrue();
            assertThat(parameters.get(name).is_leaf()).isTrue();
        });
        flat.values().mul_(new Scalar(2.0));
        values.forEach((name, value) -> assertThat(parameters.get(name).equal(value.mul(new Scalar(2.0))))
                .as(name)
                .isTrue());
    }

    @Test
    void channelsLastWeightsLieSoInTheBuffer() {
        FlatParameters flat = new FlatParameters(parameters, Layout.CHANNELS_LAST);
        assertThat(parameters.get("conv.weight").is_contiguous(MemoryFormat.ChannelsLast))
                .isTrue();
        Tensor weight = flat.range(flat.values(), 2, 3);
        assertThat(weight.equal(values.get("conv.weight").permute(0, 2, 3, 1).reshape(-1)))
                .isTrue();
    }

    @Test
    void oddSizesComeFirstBehindAGap() {
        FlatParameters flat = new FlatParameters(parameters, Layout.CONTIGUOUS);
        assertThat(flat.names()).containsExactly("conv.bias", "temperature", "conv.weight", "fc.weight");
        // 3 and 1 elements after 12 zeros make 16, which is 64 bytes; then follow the 48 of the first one that keeps
        // the alignment.
        assertThat(parameters.values().stream().map(Tensor::storage_offset)).containsExactly(16L, 12L, 64L, 15L);
        assertThat(flat.values().narrow(0, 0, 12).equal(torch.zeros(12))).isTrue();
    }

    @ParameterizedTest
    @EnumSource(Layout.class)
    void packsGradientsInTheOrderOfTheBuffer(Layout layout) {
        FlatParameters flat = new FlatParameters(parameters, layout);
        values.forEach((name, value) -> Golden.backward(parameters.get(name), value));
        flat.pack(1, 3);
        for (int i = 0; i < flat.size(); i++) {
            Tensor packed = flat.view(flat.gradients(), i);
            Tensor expected = values.get(flat.names().get(i));
            assertThat(packed.equal(i == 0 || i == 3 ? torch.zeros_like(expected) : expected))
                    .isTrue();
        }
        flat.pack(0, 4);
        for (int i = 0; i < flat.size(); i++) {
            assertThat(flat.view(flat.gradients(), i)
                            .equal(values.get(flat.names().get(i))))
                    .isTrue();
        }
    }

    @Test
    void acceptsGradientsOfOtherStrides() {
        FlatParameters flat = new FlatParameters(parameters, Layout.CHANNELS_LAST);
        parameters.get("conv.weight").mutable_grad().put(values.get("conv.weight"));
        flat.pack(2, 3);
        assertThat(flat.view(flat.gradients(), 2).equal(values.get("conv.weight")))
                .isTrue();
    }

    @ParameterizedTest
    @EnumSource(Layout.class)
    void joinedParametersAreNeighboursAndShareOneGradient(Layout layout) {
        values.put("last.weight", torch.randn(12, 3, 2, 2));
        parameters = Golden.parameters(values);
        JointTensor joint = new JointTensor(List.of(parameters.get("conv.weight"), parameters.get("last.weight")));
        FlatParameters flat = new FlatParameters(parameters, layout, List.of(joint));
        assertThat(flat.names()).containsExactly("conv.bias", "temperature", "conv.weight", "last.weight", "fc.weight");
        assertThat(joint.whole().equal(stacked())).isTrue();

        Tensor slope = torch.randn(16, 3, 2, 2);
        joint.whole().mul(slope).sum().backward();
        assertThat(flat.gradient(2).equal(slope.narrow(0, 0, 4))).isTrue();
        assertThat(flat.gradient(3).equal(slope.narrow(0, 4, 12))).isTrue();
        flat.zeroGradients();
        assertThat(flat.hasGradient(2)).isFalse();
        assertThat(flat.leaves()).hasSize(4).contains(joint.whole());

        flat.values().mul_(new Scalar(2.0));
        assertThat(joint.whole().equal(stacked().mul(new Scalar(2.0)))).isTrue();
        flat.close();
        assertThat(joint.whole()).isNull();
    }

    @Test
    void frozenMembersOfAJointTensorHaveNoGradientUntilTheyThaw() {
        values.put("last.weight", torch.randn(12, 3, 2, 2));
        parameters = Golden.parameters(values);
        Tensor first = parameters.get("conv.weight");
        Tensor last = parameters.get("last.weight");
        JointTensor joint = new JointTensor(List.of(first, last));
        first.set_requires_grad(false);
        FlatParameters flat = new FlatParameters(parameters, Layout.CONTIGUOUS, List.of(joint));
        joint.whole().sum().backward();
        assertThat(List.of(flat.hasGradient(2), flat.hasGradient(3))).containsExactly(false, true);

        last.set_requires_grad(false);
        flat.zeroGradients();
        assertThat(joint.whole().requires_grad()).isFalse();

        first.set_requires_grad(true);
        flat.zeroGradients();
        joint.whole().sum().backward();
        assertThat(List.of(flat.hasGradient(2), flat.hasGradient(3))).containsExactly(true, false);
    }

    private Tensor stacked() {
        return torch.cat(new TensorVector(values.get("conv.weight"), values.get("last.weight")), 0);
    }

    @Test
    void refusesOtherTypes() {
        parameters.put("half", torch.zeros(3).to(ScalarType.Half));
        assertThatThrownBy(() -> new FlatParameters(parameters, Layout.CONTIGUOUS))
                .isInstanceOf(Ascend4jException.class)
                .hasMessage("parameter half expects the type of the others in its buffer, Float, found Half;"
                        + " put parameters of each type into a group of their own");
        assertThatThrownBy(() -> new FlatParameters(Map.of(), Layout.CONTIGUOUS))
                .isInstanceOf(Ascend4jException.class)
                .hasMessageContaining("found none");
    }

    @ParameterizedTest
    @EnumSource(UpdatePath.class)
    void stepsLeaveNoNativeObjectsBehind(UpdatePath path) {
        FlatParameters flat = new FlatParameters(parameters, Layout.CONTIGUOUS);
        Optimizer optimizer = new Sgd(List.of(new ParameterGroup(flat, 0.1, 0.9, 5e-4)), SgdOptions.DEFAULT, path);
        step(optimizer);
        long before = Pointer.totalCount();
        for (int i = 0; i < 20; i++) {
            step(optimizer);
        }
        assertThat(Pointer.totalCount()).isEqualTo(before);
    }

    private void step(Optimizer optimizer) {
        try (PointerScope inner = new PointerScope()) {
            values.forEach((name, value) -> Golden.backward(parameters.get(name), value));
            GradientClipping.byGlobalNorm(optimizer, 1);
            optimizer.step();
            optimizer.zeroGrad();
        }
    }
}

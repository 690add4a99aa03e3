package org.ascend4j.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ascend4j.Ascend4jException;
import org.ascend4j.device.Layout;
import org.ascend4j.state.CheckpointFile;
import org.ascend4j.state.StateDict;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OptimizerStateTest {
    private PointerScope scope;

    @BeforeEach
    void open() {
        scope = new PointerScope();
    }

    @AfterEach
    void close() {
        scope.close();
    }

    private static Map<String, Tensor> parameters() {
        torch.manual_seed(1);
        Map<String, Tensor> values = new LinkedHashMap<>();
        values.put("conv", torch.randn(5, 3, 3, 3));
        values.put("fc", torch.randn(10, 16));
        return Golden.parameters(values);
    }

    private static Optimizer optimizer(Map<String, Tensor> parameters, Layout layout, UpdatePath path) {
        ParameterGroup group = new ParameterGroup(new FlatParameters(parameters, layout), 0.1, 0.9, 5e-4);
        return new Sgd(List.of(group), new SgdOptions(0.2, false), path);
    }

    private static void step(Optimizer optimizer, Map<String, Tensor> parameters, int seed) {
        torch.manual_seed(seed);
        parameters.values().forEach(parameter -> Golden.backward(parameter, torch.randn_like(parameter.contiguous())));
        optimizer.step();
        optimizer.zeroGrad();
    }

    @Test
    void restoredFromAFileStepsToTheSameBits(@TempDir Path folder) {
        Map<String, Tensor> parameters = parameters();
        Optimizer optimizer = optimizer(parameters, Layout.CONTIGUOUS, UpdatePath.FUSED);
        step(optimizer, parameters, 2);
        Path file = folder.resolve("state");
        CheckpointFile.write(file, optimizer.stateDict().entries(), "{}", null);
        Map<String, Tensor> copies = Golden.parameters(parameters);
        Optimizer restored = optimizer(copies, Layout.CONTIGUOUS, UpdatePath.FUSED);
        restored.loadStateDict(CheckpointFile.read(file).tensors());
        step(optimizer, parameters, 3);
        step(restored, copies, 3);
        parameters.forEach((name, parameter) ->
                assertThat(copies.get(name).equal(parameter)).as(name).isTrue());
    }

    @Test
    void fitsAnotherLayoutAndPath() {
        Map<String, Tensor> parameters = parameters();
        Optimizer optimizer = optimizer(parameters, Layout.CONTIGUOUS, UpdatePath.FUSED);
        step(optimizer, parameters, 2);
        Map<String, Tensor> copies = Golden.parameters(parameters);
        Optimizer other = optimizer(copies, Layout.CHANNELS_LAST, UpdatePath.FLAT);
        other.loadStateDict(optimizer.stateDict());
        step(optimizer, parameters, 3);
        step(other, copies, 3);
        parameters.forEach((name, parameter) -> assertThat(Golden.difference(copies.get(name), parameter))
                .as(name)
                .isLessThan(1e-6));
    }

    @Test
    void refusesStateOfOtherParameters() {
        Optimizer optimizer = optimizer(parameters(), Layout.CONTIGUOUS, UpdatePath.FUSED);
        StateDict without = new StateDict();
        StateDict state = optimizer.stateDict();
        state.entries().forEach((name, tensor) -> without.put(name.replace("fc", "head"), tensor));
        assertThatThrownBy(() -> optimizer.loadStateDict(without))
                .isInstanceOf(Ascend4jException.class)
                .hasMessage("optimiser state expects momentum_buffer.fc, found none of that name");
        state.put("momentum_buffer.fc", torch.zeros(10, 8));
        assertThatThrownBy(() -> optimizer.loadStateDict(state))
                .isInstanceOf(Ascend4jException.class)
                .hasMessage("optimiser state momentum_buffer.fc expects shape [10, 16], found [10, 8]");
    }

    @Test
    void refusesStateOfAnotherType() {
        Optimizer optimizer = optimizer(parameters(), Layout.CONTIGUOUS, UpdatePath.FUSED);
        StateDict state = optimizer.stateDict();
        Tensor steps = state.get("steps.0");
        state.put("steps.0", steps.to(ScalarType.Float));
        assertThatThrownBy(() -> optimizer.loadStateDict(state))
                .isInstanceOf(Ascend4jException.class)
                .hasMessage("optimiser state steps.0 expects values of type Long, found Float");
        state.put("steps.0", steps);
        state.put("momentum_buffer.fc", state.get("momentum_buffer.fc").to(ScalarType.Int));
        assertThatThrownBy(() -> optimizer.loadStateDict(state))
                .isInstanceOf(Ascend4jException.class)
                .hasMessage("optimiser state momentum_buffer.fc expects values of type Float, found Int");
    }

    @ParameterizedTest
    @EnumSource(UpdatePath.class)
    void stepWithoutGradientsChangesNothing(UpdatePath path) {
        Map<String, Tensor> parameters = parameters();
        Map<String, Tensor> before = Golden.parameters(parameters);
        optimizer(parameters, Layout.CONTIGUOUS, path).step();
        parameters.forEach((name, parameter) ->
                assertThat(parameter.equal(before.get(name))).as(name).isTrue());
    }
}

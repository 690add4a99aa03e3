package org.ascend4j.nn;

import static org.ascend4j.nn.PythonCases.integers;
import static org.ascend4j.nn.PythonCases.names;
import static org.ascend4j.nn.PythonCases.numbers;
import static org.ascend4j.nn.PythonCases.ramp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.ascend4j.device.Layout;
import org.ascend4j.optim.FlatParameters;
import org.ascend4j.state.PtFile;
import org.ascend4j.state.StateDict;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.BatchNorm2dImpl;
import org.bytedeco.pytorch.BatchNormOptions;
import org.bytedeco.pytorch.EmbeddingImpl;
import org.bytedeco.pytorch.EmbeddingOptions;
import org.bytedeco.pytorch.LSTMImpl;
import org.bytedeco.pytorch.LSTMOptions;
import org.bytedeco.pytorch.LayerNormImpl;
import org.bytedeco.pytorch.LayerNormOptions;
import org.bytedeco.pytorch.LinearImpl;
import org.bytedeco.pytorch.LongVector;
import org.bytedeco.pytorch.MultiheadAttentionImpl;
import org.bytedeco.pytorch.MultiheadAttentionOptions;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.ReLUImpl;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.SequentialImpl;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TransformerEncoderLayerImpl;
import org.bytedeco.pytorch.TransformerEncoderLayerOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests modules of the presets inside a layer: they are trained, saved, converted, frozen and displayed like our own, and compared with the same network in
 * Python (nn_goldens.py).
 */
class PresetsModulesTest {
    private static final JsonNode GOLDEN = PythonCases.read("presets.json");
    private static final double RATE = 0.05;

    private PointerScope scope;
    private Network model;

    /** The class {@code Presets} of nn_goldens.py. */
    private static final class Network extends Layer {
        private final EmbeddingImpl embed = child("embed", new EmbeddingImpl(new EmbeddingOptions(7, 8)));
        private final LSTMImpl lstm = child("lstm", new LSTMImpl(lstmOptions()));
        private final SequentialImpl project = child("project", new SequentialImpl());
        private final TransformerEncoderLayerImpl encoder =
                child("encoder", new TransformerEncoderLayerImpl(encoderOptions()));
        private final MultiheadAttentionImpl attention =
                child("attention", new MultiheadAttentionImpl(new MultiheadAttentionOptions(8, 2)));
        private final LayerNormImpl norm =
                child("norm", new LayerNormImpl(new LayerNormOptions(new LongVector(new long[] {8}))));
        private final BatchNorm2dImpl bn = child("bn", new BatchNorm2dImpl(new BatchNormOptions(8)));
        private final Linear head = child("head", new Linear(8, 3));

        Network() {
            super("Presets");
            project.push_back(new LinearImpl(16, 8));
            project.push_back(new ReLUImpl());
        }

        private static LSTMOptions lstmOptions() {
            LSTMOptions options = new LSTMOptions(8, 8);
            options.num_layers().put(2);
            options.bidirectional().put(true);
            return options;
        }

        private static TransformerEncoderLayerOptions encoderOptions() {
            TransformerEncoderLayerOptions options = new TransformerEncoderLayerOptions(8, 2);
            options.dim_feedforward().put(16);
            options.dropout().put(0);
            return options;
        }

        @Override
        protected Tensor compute(Tensor indices) {
            Tensor x = lstm.forward(embed.forward(indices)).get0();
            x = encoder.forward(project.forward(x));
            x = attention.forward(x, x, x).get0();
            x = norm.forward(x).permute(1, 2, 0).unsqueeze(3);
            return head.forward(bn.forward(x).mean(2, 3));
        }
    }

    @BeforeEach
    void open() {
        scope = new PointerScope();
        model = new Network();
        try (NoGradGuard guard = new NoGradGuard()) {
            assertThat(guard).isNotNull();
            model.namedParameters()
                    .values()
                    .forEach(
                            parameter -> parameter.copy_(ramp(parameter.shape()).mul(new Scalar(0.5))));
        }
    }

    @AfterEach
    void close() {
        model.close();
        scope.close();
    }

    @Test
    void namesAreThoseOfPython() {
        assertThat(model.namedParameters().keySet()).containsExactlyElementsOf(names(GOLDEN.get("parameters")));
        assertThat(model.stateDict().entries().keySet()).containsExactlyElementsOf(names(GOLDEN.get("state")));
        assertThat(model.moduleTree().children().stream().map(ModuleNode::description))
                .containsExactly(
                        "Embedding",
                        "LSTM",
                        "Sequential",
                        "TransformerEncoderLayer",
                        "MultiheadAttention",
                        "LayerNorm",
                        "BatchNorm2d",
                        "Linear");
    }

    @Test
    void trainsAsInPython() {
        check(train(parameters(), 4));
    }

    /** The LSTM holds a second list of its weights; they must be the ones in the flat buffer. */
    @Test
    void trainsAsInPythonFromAFlatBuffer() {
        try (FlatParameters flat = new FlatParameters(model.namedParameters(), Layout.CONTIGUOUS)) {
            assertThat(flat.size()).isEqualTo(GOLDEN.get("parameters").size());
            check(train(parameters(), 4));
        }
    }

    @Test
    void aFrozenModuleStaysWhileTheOthersTrain() {
        parameters("lstm.").forEach(parameter -> parameter.set_requires_grad(false));
        Tensor before = model.namedParameters().get("lstm.weight_hh_l1").clone();
        Tensor head = model.head.weight().clone();
        train(parameters(), 1);
        assertThat(torch.equal(model.namedParameters().get("lstm.weight_hh_l1"), before))
                .isTrue();
        assertThat(torch.equal(model.head.weight(), head)).isFalse();
        model.requiresGrad(false);
        assertThat(parameters("")).noneMatch(Tensor::requires_grad);
        assertThat(model.lstm.parameters().get(0).requires_grad()).isFalse();
    }

    @Test
    void modeAndTypeReachThePresetsModules() {
        model.eval();
        assertThat(model.lstm.is_training()).isFalse();
        assertThat(model.encoder.is_training()).isFalse();
        model.train(true);
        assertThat(model.bn.is_training()).isTrue();
        model.to(ScalarType.Double, false);
        assertThat(model.namedParameters().values())
                .allMatch(parameter -> parameter.scalar_type().intern() == ScalarType.Double);
        Tensor output = model.forward(integers(7, 5, 4));
        assertThat(output.scalar_type().intern()).isEqualTo(ScalarType.Double);
    }

    @Test
    void savedStateBringsAnotherNetworkToTheSamePlace(@TempDir Path folder) {
        train(parameters(), 4);
        Path file = folder.resolve("network.pt");
        PtFile.write(file, model.stateDict());
        StateDict read = PtFile.read(file);
        try (Network other = new Network();
                NoGradGuard guard = new NoGradGuard()) {
            assertThat(guard).isNotNull();
            other.stateDict().entries().forEach((name, tensor) -> tensor.copy_(read.get(name)));
            other.eval();
            model.eval();
            Tensor indices = integers(7, 5, 4);
            assertThat(torch.equal(other.forward(indices), model.forward(indices)))
                    .isTrue();
        }
    }

    /** A handle is the same in every call, as optimisers and joint tensors require. */
    @Test
    void handlesAreKept() {
        Map<String, Tensor> first = model.namedParameters();
        Map<String, Tensor> second = model.namedParameters();
        first.forEach((name, tensor) -> assertThat(second.get(name)).as(name).isSameAs(tensor));
        assertThat(model.stateDict().get("lstm.bias_hh_l0")).isSameAs(first.get("lstm.bias_hh_l0"));
    }

    private List<Tensor> parameters() {
        return parameters("");
    }

    private List<Tensor> parameters(String prefix) {
        return model.namedParameters().entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(prefix))
                .map(Map.Entry::getValue)
                .toList();
    }

    /** Updates the given parameters as torch.optim.SGD does; returns the losses. */
    private List<Double> train(List<Tensor> parameters, int steps) {
        List<Double> losses = new ArrayList<>();
        for (int i = 0; i < steps; i++) {
            Tensor loss = torch.cross_entropy(model.forward(integers(7, 5, 4)), integers(3, 4));
            loss.backward();
            losses.add(loss.item_double());
            try (NoGradGuard guard = new NoGradGuard()) {
                assertThat(guard).isNotNull();
                parameters.stream()
                        .filter(parameter -> parameter.grad().defined())
                        .forEach(parameter -> {
                            parameter.sub_(parameter.grad(), new Scalar(RATE));
                            parameter.mutable_grad().reset();
                        });
            }
        }
        return losses;
    }

    private void check(List<Double> losses) {
        assertThat(losses.stream().mapToDouble(Double::doubleValue).toArray())
                .containsExactly(numbers(GOLDEN.get("losses")), within(1e-4));
        model.stateDict().entries().forEach((name, tensor) -> assertThat(
                        tensor.to(ScalarType.Float).norm().item_double())
                .as("norm of %s", name)
                .isCloseTo(GOLDEN.get("norms").get(name).asDouble(), within(1e-4)));
    }
}

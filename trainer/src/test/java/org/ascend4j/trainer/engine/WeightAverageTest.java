package org.ascend4j.trainer.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ascend4j.device.Layout;
import org.ascend4j.nn.BatchNorm2d;
import org.ascend4j.nn.Linear;
import org.ascend4j.optim.FlatParameters;
import org.ascend4j.runtime.TorchRuntime;
import org.ascend4j.state.StateDict;
import org.ascend4j.trainer.checkpoint.Checkpoint;
import org.ascend4j.trainer.model.ImageClassifier;
import org.ascend4j.trainer.recipe.EmaSettings;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Compares moving averages with torch's AveragedModel (average_goldens.py) and with closed forms. */
class WeightAverageTest {
    private static final int STEPS = 6;

    @BeforeAll
    static void load() {
        TorchRuntime.load();
    }

    @ParameterizedTest
    @CsvSource({"1, true", "1, false", "2, true", "2, false"})
    void theAverageIsTheOneOfTorchsAveragedModel(int every, boolean useBuffers) throws IOException {
        EmaSettings settings = new EmaSettings(0.9, every, false, useBuffers);
        JsonNode golden = new ObjectMapper()
                .readTree(WeightAverageTest.class.getResource("averages.json"))
                .get(every + "," + useBuffers);
        try (PointerScope scope = new PointerScope();
                ImageClassifier model = new Network();
                FlatParameters weights = new FlatParameters(model.namedParameters(), Layout.CONTIGUOUS);
                WeightAverage average = new WeightAverage(settings, model, List.of(weights))) {
            train(model, average);
            try (AveragedWeights averaged = new AveragedWeights(average)) {
                assertThat(golden.size()).isEqualTo(6);
                golden.properties()
                        .forEach(entry ->
                                assertClose(entry.getKey(), model.stateDict().get(entry.getKey()), entry.getValue()));
            }
        }
    }

    @Test
    void theWeightsAreBackInPlaceBitForBit() {
        try (PointerScope scope = new PointerScope();
                ImageClassifier model = new Network();
                FlatParameters weights = new FlatParameters(model.namedParameters(), Layout.CONTIGUOUS);
                WeightAverage average =
                        new WeightAverage(new EmaSettings(0.9, 1, false, null), model, List.of(weights))) {
            train(model, average);
            Map<String, Tensor> before = copies(model);
            try (AveragedWeights averaged = new AveragedWeights(average)) {
                assertThat(model.stateDict().get("0.running_var").equal(before.get("0.running_var")))
                        .isFalse();
                assertThat(model.stateDict().get("2.weight").equal(before.get("2.weight")))
                        .isFalse();
            }
            model.stateDict().entries().forEach((name, tensor) -> assertThat(tensor.equal(before.get(name)))
                    .as(name)
                    .isTrue());
        }
    }

    @Test
    void aRestoredAverageGoesOnAsTheFirstOne() {
        EmaSettings settings = new EmaSettings(0.9, 1, true, null);
        try (PointerScope scope = new PointerScope();
                ImageClassifier model = new Network();
                FlatParameters weights = new FlatParameters(model.namedParameters(), Layout.CONTIGUOUS);
                WeightAverage one = new WeightAverage(settings, model, List.of(weights));
                WeightAverage two = new WeightAverage(settings, model, List.of(weights))) {
            train(model, one);
            two.load(one.stateDict());
            fill(model, STEPS + 1);
            one.stepDone(STEPS + 1);
            two.stepDone(STEPS + 1);
            StateDict state = two.stateDict();
            assertThat(state.get(Checkpoint.AVERAGE_UPDATES).item_long()).isEqualTo(STEPS + 1);
            one.stateDict().entries().forEach((name, tensor) -> assertThat(tensor.equal(state.get(name)))
                    .as(name)
                    .isTrue());
        }
    }

    /** A host computes a recorded update at once, so it can be compared with the eager one without a graph. */
    @Test
    void aRecordedUpdateHasTheBitsOfTheEagerOne() {
        EmaSettings settings = new EmaSettings(0.97, 1, true, null);
        try (PointerScope scope = new PointerScope();
                ImageClassifier model = new Network();
                FlatParameters weights = new FlatParameters(model.namedParameters(), Layout.CONTIGUOUS);
                WeightAverage eager = new WeightAverage(settings, model, List.of(weights));
                WeightAverage recorded = new WeightAverage(settings, model, List.of(weights))) {
            double[] shares = {recorded.share(0), recorded.share(1), recorded.share(2), recorded.share(3)};
            for (int step = 1; step <= shares.length; step++) {
                fill(model, step);
                eager.stepDone(step);
                recorded.record(torch.tensor((float) shares[step - 1]));
                recorded.repeated();
            }
            StateDict state = recorded.stateDict();
            eager.stateDict().entries().forEach((name, tensor) -> assertThat(tensor.equal(state.get(name)))
                    .as(name)
                    .isTrue());
        }
    }

    @Test
    void warmUpKeepsLessOfEarlyWeights() {
        EmaSettings settings = new EmaSettings(0.5, 1, true, null);
        assertThat(settings.decayAfter(0)).isZero();
        assertThat(settings.decayAfter(1)).isEqualTo(2.0 / 11);
        assertThat(settings.decayAfter(7)).isEqualTo(8.0 / 17);
        assertThat(settings.decayAfter(9)).isEqualTo(0.5);
        assertThat(new EmaSettings(0.5, 1, false, null).decayAfter(1)).isEqualTo(0.5);
    }

    private static void train(ImageClassifier model, WeightAverage average) {
        for (int step = 1; step <= STEPS; step++) {
            fill(model, step);
            average.stepDone(step);
        }
    }

    /** Sets every parameter and buffer to the values of the Python script. */
    private static void fill(ImageClassifier model, int step) {
        try (NoGradGuard noGrad = new NoGradGuard()) {
            int number = 0;
            for (Tensor tensor : model.stateDict().entries().values()) {
                if (tensor.is_floating_point()) {
                    float[] values = new float[(int) tensor.numel()];
                    for (int i = 0; i < values.length; i++) {
                        values[i] = (step * 13 + number * 5 + i * 7) % 17 / 16f;
                    }
                    tensor.contiguous().data_ptr_float().put(values);
                }
                number++;
            }
        }
    }

    private static Map<String, Tensor> copies(ImageClassifier model) {
        Map<String, Tensor> copies = new LinkedHashMap<>();
        model.stateDict().entries().forEach((name, tensor) -> copies.put(name, tensor.clone()));
        return copies;
    }

    private static void assertClose(String name, Tensor found, JsonNode expected) {
        float[] values = new float[(int) found.numel()];
        found.contiguous().data_ptr_float().get(values);
        assertThat(values).hasSize(expected.size());
        for (int i = 0; i < values.length; i++) {
            assertThat((double) values[i]).as(name).isCloseTo(expected.get(i).asDouble(), within(1e-7));
        }
    }

    /** A network with the names of the Python script. */
    private static final class Network extends ImageClassifier {
        private final BatchNorm2d norm = child("0", new BatchNorm2d(3));
        private final Linear linear = child("2", new Linear(3, 2));

        Network() {
            super("Network");
        }

        @Override
        protected Tensor compute(Tensor input) {
            return linear.forward(norm.forward(input).flatten(1, -1));
        }

        @Override
        public ImageClassifier emptyCopy() {
            return new Network();
        }

        @Override
        public String modelName() {
            return "network";
        }

        @Override
        public int outputs() {
            return 2;
        }
    }
}

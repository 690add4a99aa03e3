package org.ascend4j.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ascend4j.Ascend4jException;
import org.ascend4j.nn.Dropout;
import org.ascend4j.nn.Layer;
import org.ascend4j.trainer.model.ImageClassifier;
import org.ascend4j.trainer.model.ModelFactory;
import org.ascend4j.trainer.model.Models;
import org.ascend4j.trainer.model.googlenet.FormulaWeights;
import org.ascend4j.trainer.model.googlenet.Golden;
import org.assertj.core.data.Offset;
import org.assertj.core.data.Percentage;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Compares names, outputs and gradients of the example networks with torchvision 0.22.1, and MobileNet's with the
 * network in {@code example_goldens.py}.
 */
@Tag("slow")
class ExampleModelsTest {
    private static final long[] LABELS = {3, 7, 1, 9};
    private static final List<ModelFactory> FACTORIES =
            List.of(new AlexNet.Factory(), new MobileNetV1.Factory(), new ResNet18.Factory());
    private static final Percentage NEARLY = Percentage.withPercentage(1e-5);

    @ParameterizedTest
    @CsvSource({
        "resnet18, cifar",
        "resnet18, imagenet",
        "alexnet, cifar",
        "alexnet, imagenet",
        "mobilenet-v1, cifar",
        "mobilenet-v1, imagenet"
    })
    void computesWhatPythonDoes(String name, String stem) {
        JsonNode golden = Golden.read(ExampleModelsTest.class, name + "-" + stem + ".json");
        try (PointerScope scope = new PointerScope();
                ImageClassifier model = create(name, stem)) {
            assertThat(scope).isNotNull();
            assertThat(shapes(model)).containsExactlyEntriesOf(shapes(golden.get("stateDict")));
            fill(model);
            Tensor images = FormulaWeights.images(Golden.shape(golden.get("shape")));
            model.eval();
            double[] logits = Golden.numbers(golden.get("evaluation"));
            double largest = Arrays.stream(logits).map(Math::abs).max().orElseThrow();
            assertThat(Golden.values(model.forward(images))).containsExactly(logits, Offset.offset(1e-5 * largest));
            model.to(ScalarType.Double, false);
            model.train(true);
            withoutDropout(model);
            Tensor labels = torch.tensor(LABELS).narrow(0, 0, images.size(0));
            Tensor loss = torch.cross_entropy(model.forward(images.to(ScalarType.Double)), labels);
            assertThat(loss.item_double()).isCloseTo(golden.get("loss").asDouble(), NEARLY);
            loss.backward();
            JsonNode norms = golden.get("gradientNorms");
            model.namedParameters().forEach((path, parameter) -> assertThat(
                            parameter.grad().norm().item_double())
                    .as(path)
                    .isCloseTo(norms.get(path).asDouble(), NEARLY));
        }
    }

    @Test
    void refusesAStemThatThereIsNot() {
        assertThatThrownBy(() -> create("resnet18", "fashion"))
                .isInstanceOf(Ascend4jException.class)
                .hasMessage("model.stem expects imagenet or cifar, found fashion");
    }

    private static ImageClassifier create(String name, String stem) {
        ModelFactory factory = FACTORIES.stream()
                .filter(candidate -> candidate.name().equals(name))
                .findFirst()
                .orElseThrow();
        return factory.create(3, 10, Models.settings(factory, Map.of("stem", TextNode.valueOf(stem))));
    }

    private static Map<String, List<Long>> shapes(Layer model) {
        Map<String, List<Long>> shapes = new LinkedHashMap<>();
        model.stateDict()
                .entries()
                .forEach((name, tensor) ->
                        shapes.put(name, Arrays.stream(tensor.shape()).boxed().toList()));
        return shapes;
    }

    private static Map<String, List<Long>> shapes(JsonNode golden) {
        Map<String, List<Long>> shapes = new LinkedHashMap<>();
        golden.properties()
                .forEach(entry -> shapes.put(
                        entry.getKey(),
                        Arrays.stream(Golden.shape(entry.getValue())).boxed().toList()));
        return shapes;
    }

    /** Fills the network by the formula, with scales of batch norms around 1, as in the script. */
    private static void fill(Layer model) {
        FormulaWeights.fill(model);
        Map<String, Tensor> state = model.stateDict().entries();
        try (NoGradGuard guard = new NoGradGuard()) {
            assertThat(guard).isNotNull();
            state.forEach((name, tensor) -> {
                if (name.endsWith(".running_mean")) {
                    state.get(name.replace(".running_mean", ".weight")).add_(new Scalar(1.0));
                }
            });
        }
    }

    private static void withoutDropout(Layer model) {
        model.tree().stream().filter(Dropout.class::isInstance).forEach(Layer::eval);
    }
}

package org.ascend4j.cli.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ascend4j.examples.AlexNet;
import org.ascend4j.examples.MobileNetV1;
import org.ascend4j.examples.ResNet18;
import org.ascend4j.export.onnx.OnnxModel;
import org.ascend4j.nativelib.support.Prerequisite;
import org.ascend4j.nativelib.support.Requires;
import org.ascend4j.trainer.export.ExportableModel;
import org.ascend4j.trainer.export.ModelCard;
import org.ascend4j.trainer.export.Preprocessing;
import org.ascend4j.trainer.model.ImageClassifier;
import org.ascend4j.trainer.model.ModelFactory;
import org.ascend4j.trainer.model.Models;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests that every network of the project, in its variants, gives the same results in ONNX Runtime as here. */
@Tag("slow")
@Requires(Prerequisite.NATIVE)
class NetworksExportTest {
    private static final List<ModelFactory> EXAMPLES =
            List.of(new AlexNet.Factory(), new MobileNetV1.Factory(), new ResNet18.Factory());

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "googlenet             | 3 | 32  | {}",
                "googlenet             | 3 | 32  | {'stem': 'cifar', 'batch_norm': true, 'aux': true}",
                "googlenet             | 3 | 32  | {'stem': 'cifar-fine', 'lrn': true, 'dropout': 0.4}",
                "googlenet             | 3 | 64  | {'lrn': true, 'batch_norm': true}",
                "googlenet-fashion     | 1 | 96  | {}",
                "googlenet-torchvision | 3 | 96  | {}",
                "googlenet-torchvision | 3 | 75  | {'aux': false, 'transform_input': true}",
                "resnet18              | 3 | 32  | {'stem': 'cifar'}",
                "resnet18              | 3 | 64  | {'stem': 'imagenet'}",
                "alexnet               | 3 | 32  | {'stem': 'cifar'}",
                "alexnet               | 3 | 96  | {'stem': 'imagenet'}",
                "mobilenet-v1          | 3 | 32  | {'stem': 'cifar'}",
                "mobilenet-v1          | 1 | 64  | {'stem': 'imagenet'}"
            })
    void logitsAreEqual(String name, int channels, int side, String settings) throws IOException {
        ModelCard card = card(name, channels, side, side, Preprocessing.BESIDE);
        try (ExportableModel model = model(card, settings)) {
            compare(model, model.toOnnx(13, false));
            compare(model, model.toOnnx(11, true));
        }
    }

    @ParameterizedTest
    @EnumSource(value = Preprocessing.class, names = "BESIDE", mode = EnumSource.Mode.EXCLUDE)
    void preprocessingInTheModelIsThatOfTheCheckpoint(Preprocessing preprocessing) throws IOException {
        ModelCard resized = card("googlenet", 3, 28, 40, preprocessing);
        ModelCard plain = card("googlenet", 3, 32, 32, preprocessing);
        for (ModelCard card : List.of(resized, plain)) {
            try (ExportableModel model = model(card, "{'stem': 'cifar'}")) {
                assertThat(model.card().modelInput()).containsExactly(3, card.imageHeight(), card.imageWidth());
                compare(model, model.toOnnx(13, false));
                compare(model, model.toOnnx(11, false));
            }
        }
    }

    private static ModelCard card(String name, int channels, int image, int input, Preprocessing preprocessing) {
        return new ModelCard(
                name,
                List.of("a", "b", "c"),
                7,
                channels,
                image,
                image,
                input,
                input,
                Collections.nCopies(channels, 0.47),
                Collections.nCopies(channels, 0.24),
                preprocessing);
    }

    private static ExportableModel model(ModelCard card, String settings) throws IOException {
        torch.manual_seed(11);
        JsonNode given = new ObjectMapper().readTree(settings.replace('\'', '"'));
        Map<String, JsonNode> values = new HashMap<>();
        given.properties().forEach(entry -> values.put(entry.getKey(), entry.getValue()));
        Optional<ModelFactory> example = EXAMPLES.stream()
                .filter(factory -> factory.name().equals(card.model()))
                .findFirst();
        ImageClassifier network = example.isPresent()
                ? example.get().create(card.channels(), card.outputs(), Models.settings(example.get(), values))
                : Models.create(card.model(), card.channels(), card.outputs(), values);
        statistics(network);
        return ExportableModel.of(network, card);
    }

    /** Gives batch norms statistics other than 0 and 1, as training does. */
    private static void statistics(ImageClassifier network) {
        network.stateDict().entries().forEach((name, tensor) -> {
            if (name.endsWith(".running_mean")) {
                tensor.uniform_(-0.1, 0.1, null);
            } else if (name.endsWith(".running_var")) {
                tensor.uniform_(0.8, 1.2, null);
            }
        });
    }

    private static void compare(ExportableModel model, OnnxModel onnx) {
        try (OnnxSession session = new OnnxSession("the model", onnx.bytes());
                PointerScope scope = new PointerScope();
                NoGradGuard noGrad = new NoGradGuard()) {
            assertThat(ModelCard.parse("the model", session.metadata())).isEqualTo(model.card());
            for (int batch : new int[] {1, 2, 5}) {
                Tensor images = model.images(batch);
                Tensor expected = model.forward(images);
                Tensor found = torch.tensor(session.logits(images)).reshape(expected.shape());
                double scale = Math.max(1, expected.abs().max().item_double());
                assertThat(found.sub(expected).abs().max().item_double() / scale)
                        .isLessThan(1e-5);
                // The images must have different logits, because equal logits would match in any order.
                assertThat(batch == 1 || !expected.select(0, 0).equal(expected.select(0, 1)))
                        .isTrue();
            }
        }
    }
}

package org.ascend4j.trainer.model.googlenet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.bytedeco.pytorch.global.torch.empty;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.ascend4j.Ascend4jException;
import org.ascend4j.nn.Initialisation;
import org.ascend4j.state.StateDict;
import org.ascend4j.trainer.model.StateLoader;
import org.assertj.core.data.Offset;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StateLoaderTest {
    private static final GoogLeNetConfig ARTICLE = GoogLeNetConfig.article();

    private PointerScope scope;

    @BeforeEach
    void open() {
        scope = new PointerScope();
    }

    @AfterEach
    void close() {
        scope.close();
    }

    /** Python computes the Fashion tutorial's network with its own class; here the weights are renamed from that class's names to the Ascend tutorial's. */
    @Test
    void text000NamesLoadIntoTheArticlesTree() {
        JsonNode golden = Golden.read("fashion.json");
        List<String> names = new ArrayList<>();
        golden.get("names").forEach(name -> names.add(name.asText()));
        try (GoogLeNet source = FormulaWeights.fill(new GoogLeNet(GoogLeNetConfig.fashion()));
                GoogLeNet target = new GoogLeNet(GoogLeNetConfig.fashion())) {
            StateDict state = ParameterNames.toText000(source.stateDict());
            assertThat(state.entries().keySet()).containsExactlyElementsOf(names);

            StateLoader.load(target, state);

            target.eval();
            assertThat(Golden.values(target.forward(FormulaWeights.images(1, 1, 224, 224))))
                    .containsExactly(Golden.numbers(golden.get("evaluation224")), Offset.offset(1e-3));
        }
    }

    @Test
    void auxiliaryHeadsAreLeftOutWhereTheModelHasNone() {
        try (GoogLeNet source = new GoogLeNet(ARTICLE.withAuxiliaryHeads(true));
                GoogLeNet target = new GoogLeNet(ARTICLE)) {
            StateLoader.load(target, source.stateDict());
            assertThat(Golden.values(target.namedParameters().get("fc.bias")))
                    .containsExactly(Golden.values(source.namedParameters().get("fc.bias")));
        }
    }

    @Test
    void anotherArchitectureIsToldInOneSentence() {
        GoogLeNetConfig torchvision = GoogLeNetConfig.torchvision()
                .withInitialisation(Initialisation.PYTORCH)
                .withAuxiliaryHeads(false);
        try (TorchvisionGoogLeNet source = new TorchvisionGoogLeNet(torchvision);
                GoogLeNet target = new GoogLeNet(ARTICLE)) {
            assertThatThrownBy(() -> StateLoader.load(target, source.stateDict()))
                    .isInstanceOf(Ascend4jException.class)
                    .hasMessage("the weights do not fit the model (set --model and its options to what they were made "
                            + "with): missing stage1.0.weight, stage1.0.bias, stage2.0.weight and 111 more; unexpected "
                            + "conv1.conv.weight, conv1.bn.weight, conv1.bn.bias and 339 more; of another shape "
                            + "fc.weight (expected [10x1024], found [1000x1024]), "
                            + "fc.bias (expected [10], found [1000])");
        }
    }

    @Test
    void nothingChangesWhenOneShapeDiffers() {
        try (GoogLeNet target = FormulaWeights.fill(new GoogLeNet(ARTICLE))) {
            double[] before = Golden.values(target.namedParameters().get("stage1.0.weight"));
            StateDict state = new StateDict();
            target.stateDict().entries().forEach((name, tensor) -> state.put(name, tensor.mul(tensor)));
            Tensor wrong = empty(11);
            state.put("fc.bias", wrong);
            assertThatThrownBy(() -> StateLoader.load(target, state))
                    .hasMessageEndingWith("of another shape fc.bias (expected [10], found [11])");
            assertThat(Golden.values(target.namedParameters().get("stage1.0.weight")))
                    .containsExactly(before);
        }
    }
}

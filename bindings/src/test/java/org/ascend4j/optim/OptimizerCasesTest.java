package org.ascend4j.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.ascend4j.Ascend4jException;
import org.ascend4j.device.Layout;
import org.ascend4j.state.StateDict;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares shared, frozen, unused and grouped parameters, and those of types other than fp32, with torch's (optimizer_cases.py). */
class OptimizerCasesTest {
    private static final int STEPS = 6;

    /** The optimisers of optimizer_cases.py. */
    private enum Kind {
        SGD(2e-7) {
            @Override
            OptimizerBuilder<?> over(Map<String, Tensor> parameters) {
                return Sgd.over(parameters).learningRate(0.1).weightDecay(0.01);
            }
        },
        SGD_N(2e-7) {
            @Override
            OptimizerBuilder<?> over(Map<String, Tensor> parameters) {
                return Sgd.over(parameters)
                        .learningRate(0.1)
                        .momentum(0.9)
                        .nesterov(true)
                        .weightDecay(0.01);
            }
        },
        ADAM(1e-6) {
            @Override
            OptimizerBuilder<?> over(Map<String, Tensor> parameters) {
                return Adam.over(parameters).learningRate(0.01).weightDecay(0.01);
            }
        },
        ADAMW(1e-6) {
            @Override
            OptimizerBuilder<?> over(Map<String, Tensor> parameters) {
                return AdamW.over(parameters).learningRate(0.01).weightDecay(0.05);
            }
        };

        private final double tolerance;

        Kind(double tolerance) {
            this.tolerance = tolerance;
        }

        abstract OptimizerBuilder<?> over(Map<String, Tensor> parameters);

        String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Types by their name in the golden file, with a tolerance of a few roundings. */
    private enum Type {
        BF16(ScalarType.BFloat16, 0.02),
        FP16(ScalarType.Half, 0.01),
        FP64(ScalarType.Double, 1e-12);

        private final ScalarType scalar;
        private final double tolerance;

        Type(ScalarType scalar, double tolerance) {
            this.scalar = scalar;
            this.tolerance = tolerance;
        }
    }

    private PointerScope scope;
    private StateDict golden;

    @BeforeEach
    void open() {
        scope = new PointerScope();
        golden = Golden.read("cases.safetensors");
    }

    @AfterEach
    void close() {
        scope.close();
    }

    static Stream<Arguments> kinds() {
        return Stream.of(Kind.values())
                .flatMap(kind -> Stream.of(UpdatePath.values()).map(path -> Arguments.of(kind, path)));
    }

    static Stream<Arguments> types() {
        return kinds().flatMap(arguments -> Stream.of(Type.values())
                .map(type -> Arguments.of(arguments.get()[0], arguments.get()[1], type)));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void sharedOnesStepOnceAndFrozenOrUnusedOnesNot(Kind kind, UpdatePath path) {
        Map<String, Tensor> parameters = Golden.parameters(Golden.under(golden, "ties/start/"));
        parameters.put("alias", new Tensor(parameters.get("tied")));
        parameters.get("comes").set_requires_grad(false);
        parameters.get("frozen").set_requires_grad(false);
        try (Optimizer optimizer = kind.over(parameters).path(path).build()) {
            for (int step = 1; step <= STEPS; step++) {
                switch (step) {
                    case 3 -> parameters.get("leaves").set_requires_grad(false);
                    case 4 -> parameters.get("comes").set_requires_grad(true);
                    case 5 -> parameters.get("leaves").set_requires_grad(true);
                    default -> {}
                }
                Tensor factor = golden.get("ties/factor/" + step);
                Tensor loss = parameters
                        .get("tied")
                        .mul(factor)
                        .mul(parameters.get("alias"))
                        .sum();
                for (String name : List.of("leaves", "comes", "frozen")) {
                    loss = loss.add(parameters.get(name).mul(factor).sum());
                }
                loss.backward();
                optimizer.step();
                optimizer.zeroGrad();
                check(parameters, "ties/" + kind.key() + "/" + step + "/", kind.tolerance);
                assertThat(parameters.get("alias").equal(parameters.get("tied")))
                        .isTrue();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("types")
    void otherTypesStepAsInTorch(Kind kind, UpdatePath path, Type type) {
        Map<String, Tensor> values = Golden.under(golden, "typed/start/");
        values.replaceAll((name, value) -> value.to(type.scalar));
        Map<String, Tensor> parameters = Golden.parameters(values);
        // Adds neighbours of another type, which a model may well have.
        parameters.put("other", Golden.parameters(Map.of("", torch.ones(3))).get(""));
        boolean sameBits = path == UpdatePath.EXACT && kind.key().startsWith("sgd");
        try (Optimizer optimizer = kind.over(parameters).path(path).build()) {
            for (int step = 1; step <= STEPS; step++) {
                Golden.under(golden, "typed/gradient/" + step + "/")
                        .forEach((name, gradient) -> Golden.backward(parameters.get(name), gradient.to(type.scalar)));
                optimizer.step();
                optimizer.zeroGrad();
                String prefix = type.name().toLowerCase(Locale.ROOT) + "/" + kind.key() + "/" + step + "/";
                check(parameters, prefix, sameBits ? 0 : type.tolerance);
            }
        }
        assertThat(parameters.get("weight").scalar_type().intern()).isEqualTo(type.scalar);
        assertThat(parameters.get("other").equal(torch.ones(3))).isTrue();
    }

    @ParameterizedTest
    @EnumSource(UpdatePath.class)
    void groupsHaveRatesAndDecayOfTheirOwn(UpdatePath path) {
        Map<String, Tensor> parameters = Golden.parameters(Golden.under(golden, "groups/start/"));
        try (Optimizer optimizer = AdamW.over(parameters)
                .learningRate(0.01)
                .betas(0.8, 0.99)
                .eps(1e-6)
                .weightDecay(0.1)
                .noDecayForBiasesAndNorms()
                .group("head.*", group -> group.withLearningRate(0.05))
                .path(path)
                .build()) {
            List<List<String>> names = new ArrayList<>();
            optimizer.groups().forEach(group -> names.add(group.parameters().names()));
            assertThat(names)
                    .containsExactly(
                            List.of("conv.bias", "norm.weight"),
                            List.of("conv.weight"),
                            List.of("head.bias"),
                            List.of("head.weight"));
            assertThat(optimizer.learningRates()).containsExactly(0.01, 0.01, 0.05, 0.05);
            for (int step = 1; step <= STEPS; step++) {
                Golden.under(golden, "groups/gradient/" + step + "/")
                        .forEach((name, gradient) -> Golden.backward(parameters.get(name), gradient));
                optimizer.step();
                optimizer.zeroGrad();
                check(parameters, "groups/" + step + "/", 1e-6);
            }
        }
    }

    private void check(Map<String, Tensor> parameters, String prefix, double tolerance) {
        Map<String, Tensor> expected = Golden.under(golden, prefix);
        assertThat(expected).as(prefix).isNotEmpty();
        expected.forEach((name, value) -> assertThat(
                        Golden.difference(parameters.get(name).to(ScalarType.Double), value.to(ScalarType.Double)))
                .as(prefix + name)
                .isLessThanOrEqualTo(tolerance));
    }

    @Test
    void whatCannotBeIsRefused() {
        Map<String, Tensor> parameters = Golden.parameters(Map.of("head.weight", torch.ones(2)));
        assertThatThrownBy(() -> Sgd.over(parameters)
                        .group("hed.*", group -> group.withWeightDecay(0))
                        .build())
                .isInstanceOf(Ascend4jException.class)
                .hasMessage("parameter group 'hed.*' expects the name of a parameter, found none among head.weight");
        Map<String, Tensor> twins = new LinkedHashMap<>(parameters);
        twins.put("twin", parameters.get("head.weight").detach());
        assertThatThrownBy(() -> Sgd.over(twins).build())
                .isInstanceOf(Ascend4jException.class)
                .hasMessage("parameters head.weight and twin expect memory of their own, found two tensors in one;"
                        + " register one tensor under both names to tie them");
        List<ParameterGroup> twice = List.of(
                new ParameterGroup(new FlatParameters(parameters, Layout.CONTIGUOUS), 0.1, 0, 0),
                new ParameterGroup(
                        new FlatParameters(Map.of("w", parameters.get("head.weight")), Layout.CONTIGUOUS), 0.1, 0, 0));
        assertThatThrownBy(() -> new Sgd(twice, SgdOptions.DEFAULT))
                .isInstanceOf(Ascend4jException.class)
                .hasMessage(
                        "an optimiser expects each parameter in one group, found w in two, the other time as head.weight");
        assertThatThrownBy(() -> Sgd.over(parameters).learningRate(-1))
                .isInstanceOf(Ascend4jException.class)
                .hasMessage("a parameter group expects a learning rate of at least 0, found -1.0");
    }
}

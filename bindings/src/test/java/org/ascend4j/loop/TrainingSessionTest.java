package org.ascend4j.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import org.ascend4j.Ascend4jException;
import org.ascend4j.device.DeviceBackend;
import org.ascend4j.device.DeviceSpec;
import org.ascend4j.device.Devices;
import org.ascend4j.device.Precision;
import org.ascend4j.nativelib.support.Prerequisite;
import org.ascend4j.nativelib.support.Requires;
import org.ascend4j.nn.BatchNorm1d;
import org.ascend4j.nn.Dropout;
import org.ascend4j.nn.Layer;
import org.ascend4j.nn.Linear;
import org.ascend4j.nn.Sequential;
import org.ascend4j.optim.Adam;
import org.ascend4j.optim.AdamW;
import org.ascend4j.optim.Decay;
import org.ascend4j.optim.OptimizerBuilder;
import org.ascend4j.optim.Plateau;
import org.ascend4j.optim.Sgd;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingSessionTest {
    @TempDir
    private Path folder;

    private DeviceBackend device;
    private PointerScope scope;

    @BeforeEach
    void open() {
        device = Devices.open(DeviceSpec.parse("cpu"));
        scope = new PointerScope();
    }

    @AfterEach
    void close() {
        scope.close();
        device.close();
    }

    /** training_loop.py has the same network, data and loop. */
    @Test
    void theQuickstartLosesWhatPythonLoses() throws IOException {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream before = System.out;
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            Quickstart.main(
                    new String[] {"cpu", folder.resolve("quickstart.ckpt").toString()});
        } finally {
            System.setOut(before);
        }
        List<Double> losses = lastNumbers(printed.toString(StandardCharsets.UTF_8), " ");
        try (InputStream golden = getClass().getResourceAsStream("/golden/loop/losses.csv")) {
            List<Double> expected = lastNumbers(new String(golden.readAllBytes(), StandardCharsets.UTF_8), ",");
            assertThat(losses).hasSize(13).hasSameSizeAs(expected);
            for (int i = 0; i < 13; i++) {
                assertThat(losses.get(i)).as("line " + i).isCloseTo(expected.get(i), within(1e-4));
            }
        }
        assertThat(folder.resolve("quickstart.ckpt")).isNotEmptyFile();
    }

    private static List<Double> lastNumbers(String text, String separator) {
        return text.lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> Double.valueOf(line.substring(line.lastIndexOf(separator) + 1)))
                .toList();
    }

    private static Layer network() {
        return new Sequential(new Linear(6, 5), new Dropout(0.5), new Linear(5, 2));
    }

    private TrainingSession loop(Layer net, Precision precision) {
        return TrainingSession.of(device, net, AdamW.over(net).learningRate(0.05))
                .schedule(rates -> new Plateau(rates, new Plateau.Options(0.5, 0, 0, true, false, 0, 0)))
                .precision(precision)
                .build();
    }

    private static double[] train(TrainingSession loop, Layer net, int steps) {
        Tensor images = torch.ones(4, 6);
        return DoubleStream.generate(() -> {
                    loop.step(() -> net.forward(images).square().mean());
                    loop.epochDone(1);
                    return loop.lastLoss();
                })
                .limit(steps)
                .toArray();
    }

    @Test
    void aResumedRunGoesOnWithTheSameBits() {
        Path file = folder.resolve("loop.ckpt");
        device.seed(3);
        Layer net = network();
        double[] whole;
        try (TrainingSession loop = loop(net, Precision.FP32)) {
            train(loop, net, 3);
            loop.save(file);
            whole = train(loop, net, 3);
        }
        device.seed(99);
        Layer other = network();
        try (TrainingSession resumed = loop(other, Precision.FP32)) {
            resumed.resume(file);
            assertThat(resumed.steps()).isEqualTo(3);
            // Halved after the second and the third of three metrics that did not improve.
            assertThat(resumed.optimizer().learningRates()).containsExactly(0.0125);
            assertThat(train(resumed, other, 3)).containsExactly(whole);
        }
    }

    @Test
    void evaluationDropsNothingAndNeedsNoGradients() {
        Layer net = network();
        try (TrainingSession loop = loop(net, Precision.FP32)) {
            train(loop, net, 1);
            List<Boolean> gradients = new ArrayList<>();
            double sum = loop.evaluate(List.of(1, 2, 3), batch -> {
                Tensor output = net.forward(torch.ones(1, 6)).sum();
                gradients.add(output.requires_grad() || net.is_training());
                return output;
            });
            net.eval();
            assertThat(sum).isCloseTo(3 * net.forward(torch.ones(1, 6)).sum().item_double(), within(1e-5));
            assertThat(gradients).containsExactly(false, false, false);
        }
    }

    @Test
    void stepsLeaveNoNativeObjectsBehindAndMeansStartAnew() {
        Layer net = network();
        try (TrainingSession loop = loop(net, Precision.FP32)) {
            double[] first = train(loop, net, 2);
            assertThat(loop.meanLoss()).isCloseTo((first[0] + first[1]) / 2, within(1e-6));
            assertThat(loop.meanLoss()).isNaN();
            try (PointerScope inner = new PointerScope()) {
                train(loop, net, 1);
            }
            long before = Pointer.totalCount();
            for (int i = 0; i < 10; i++) {
                try (PointerScope inner = new PointerScope()) {
                    train(loop, net, 1);
                }
            }
            assertThat(Pointer.totalCount()).isEqualTo(before);
        }
    }

    @Test
    @Requires(Prerequisite.NATIVE)
    void lowerPrecisionRoundsTheOutputsAlone() {
        device.seed(3);
        Layer net = new Sequential(new Linear(6, 5), new Linear(5, 2));
        try (TrainingSession loop = TrainingSession.of(
                        device, net, Sgd.over(net).learningRate(0.1))
                .schedule(Decay::constant)
                .precision(Precision.BF16)
                .build()) {
            torch.ScalarType[] type = new torch.ScalarType[1];
            loop.step(() -> {
                Tensor output = net.forward(torch.ones(4, 6));
                type[0] = output.scalar_type().intern();
                return output.to(torch.ScalarType.Float).square().mean();
            });
            assertThat(type[0]).isEqualTo(torch.ScalarType.BFloat16);
            net.namedParameters().values().forEach(parameter -> assertThat(
                            parameter.scalar_type().intern())
                    .isEqualTo(torch.ScalarType.Float));
        }
    }

    @Test
    void filesOfOtherModelsAreRefused() {
        Path file = folder.resolve("loop.ckpt");
        Layer net = network();
        try (TrainingSession loop = loop(net, Precision.FP32)) {
            loop.save(file);
        }
        Layer wider = new Sequential(new Linear(6, 7), new Dropout(0.5), new Linear(7, 2));
        try (TrainingSession loop = loop(wider, Precision.FP32)) {
            assertThatThrownBy(() -> loop.resume(file))
                    .isInstanceOf(Ascend4jException.class)
                    .hasMessage(file + " expects the model that it was written with, where 0.weight is [5, 6], found"
                            + " [7, 6]");
        }
        Layer shorter = new Sequential(new Linear(6, 2));
        try (TrainingSession loop = loop(shorter, Precision.FP32)) {
            assertThatThrownBy(() -> loop.resume(file))
                    .isInstanceOf(Ascend4jException.class)
                    .hasMessage(file + " expects the model that it was written with, of [0.weight, 0.bias, 2.weight,"
                            + " 2.bias], found one of [0.weight, 0.bias]");
        }
        assertThatThrownBy(() -> TrainingSession.of(device, net, Sgd.over(net)).clipNorm(0))
                .isInstanceOf(Ascend4jException.class)
                .hasMessage("clipping expects a positive norm, found 0.0");
    }

    @Test
    void filesOfOtherOptimisersAreRefused() {
        Path file = folder.resolve("loop.ckpt");
        Layer net = network();
        try (TrainingSession loop = loop(net, Precision.FP32)) {
            loop.save(file);
        }
        refusesToResume(file, net, Adam.over(net), "expects the optimiser that it was written with, AdamW, found Adam");
        refusesToResume(file, net, Sgd.over(net), "expects the optimiser that it was written with, AdamW, found Sgd");
        refusesToResume(
                file,
                net,
                AdamW.over(net).noDecayForBiasesAndNorms(),
                "expects the groups of parameters that it was written with, of 4 parameters, found groups of 2 and 2");
        try (TrainingSession loop =
                TrainingSession.of(device, net, Sgd.over(net).momentum(0.9)).build()) {
            loop.save(file);
        }
        refusesToResume(
                file,
                net,
                Sgd.over(net),
                "expects the optimiser that it was written with, found one that keeps less for each parameter");
    }

    private void refusesToResume(Path file, Layer net, OptimizerBuilder<?> optimizer, String sentence) {
        try (TrainingSession loop = TrainingSession.of(device, net, optimizer).build()) {
            assertThatThrownBy(() -> loop.resume(file))
                    .isInstanceOf(Ascend4jException.class)
                    .hasMessageContaining(file + " " + sentence);
        }
    }

    @Test
    void evaluationLeavesEachModuleInItsMode() {
        BatchNorm1d frozen = new BatchNorm1d(5);
        Layer net = new Sequential(new Linear(6, 5), new Sequential(frozen), new Linear(5, 2));
        try (TrainingSession loop = loop(net, Precision.FP32)) {
            frozen.eval();
            train(loop, net, 1);
            loop.evaluate(List.of(1), batch -> net.forward(torch.ones(1, 6)).sum());
            train(loop, net, 1);
            assertThat(net.is_training()).isTrue();
            assertThat(frozen.is_training()).isFalse();
            assertThat(frozen.runningMean().abs().max().item_double()).isZero();
            net.eval();
            loop.evaluate(List.of(1), batch -> net.forward(torch.ones(1, 6)).sum());
            assertThat(net.is_training()).isFalse();
        }
    }

    /** A network whose first layer is not registered. */
    private static final class Forgetful extends Layer {
        private final Linear forgotten = new Linear(6, 5);
        private final Linear known = child("known", new Linear(5, 2));

        Forgetful() {
            super("Forgetful");
        }

        @Override
        protected Tensor compute(Tensor input) {
            return known.forward(forgotten.forward(input));
        }
    }

    @Test
    void aLayerThatIsNotBelowTheModelIsRefused() {
        Layer net = new Forgetful();
        try (TrainingSession loop = loop(net, Precision.FP32)) {
            assertThatThrownBy(() -> train(loop, net, 1))
                    .isInstanceOf(Ascend4jException.class)
                    .hasMessageMatching("Forgetful computes a Linear that is not below it"
                            + " \\(TrainingSessionTest.java:\\d+\\); register it by child\\(name, layer\\).*");
        }
    }

    @Test
    void anotherModelBesideTheTrainedOneIsNotRefused() {
        Layer net = network();
        Layer teacher = network();
        try (TrainingSession loop = loop(net, Precision.FP32)) {
            Tensor images = torch.ones(4, 6);
            loop.step(() ->
                    torch.mse_loss(net.forward(images), teacher.forward(images).detach()));
            assertThat(loop.steps()).isEqualTo(1);
        }
    }

    @Test
    void theOptimiserOfAnotherModelIsRefused() {
        assertThatThrownBy(() -> TrainingSession.of(device, network(), AdamW.over(network()))
                        .build())
                .isInstanceOf(Ascend4jException.class)
                .hasMessageStartingWith("a training session expects the optimiser of its own model");
    }

    @Test
    void aModelThatIsNoNumberIsNotSaved() {
        Path file = folder.resolve("loop.ckpt");
        Layer net = network();
        try (TrainingSession loop = loop(net, Precision.FP32)) {
            loop.step(() -> net.forward(torch.ones(4, 6)).sum().mul(new Scalar(Double.NaN)));
            assertThat(loop.lastLoss()).isNaN();
            assertThatThrownBy(() -> loop.save(file))
                    .isInstanceOf(Ascend4jException.class)
                    .hasMessageStartingWith(
                            "the model is not saved, because 0.weight holds a value that is not a number");
            assertThat(file).doesNotExist();
        }
    }

    @Test
    void aSecondThreadWithinAStepIsRefused() {
        Layer net = network();
        try (TrainingSession loop = loop(net, Precision.FP32)) {
            Throwable[] refused = new Throwable[1];
            loop.step(() -> {
                Thread second = new Thread(() -> refused[0] = catchThrowable(() -> train(loop, net, 1)));
                second.start();
                try {
                    second.join();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                return net.forward(torch.ones(4, 6)).sum();
            });
            assertThat(refused[0])
                    .isInstanceOf(Ascend4jException.class)
                    .hasMessageStartingWith("a training session expects one thread at a time");
            assertThat(loop.steps()).isEqualTo(1);
        }
    }

    @Test
    void whatFailsIsOneSentence() {
        Layer net = network();
        TrainingSession loop = loop(net, Precision.FP32);
        refuses(
                () -> loop.step(() -> net.forward(torch.ones(4, 7)).sum()),
                "the model fails in 0 \\(Linear\\) \\(TrainingSessionTest.java:\\d+\\): mat1 and mat2 shapes .*");
        refuses(() -> loop.step(() -> null), "step expects a tensor of one element, found null");
        refuses(
                () -> loop.evaluate(List.of(1), batch -> net.forward(torch.ones(4, 6))),
                "evaluate expects a tensor of one element, found the shape \\[4, 2\\]; take its sum\\(\\) or mean\\(\\)");
        refuses(
                () -> loop.step(() -> {
                    Tensor output = torch.sigmoid(net.forward(torch.ones(4, 6)));
                    return output.add_(new Scalar(1.0)).sum();
                }),
                "the backward pass expects tensors as the forward pass left them, .* output 0 of SigmoidBackward0, .*");
        refuses(
                () -> loop.step(() -> {
                    Tensor images = torch.ones(4, 6);
                    images.close();
                    return net.forward(images).sum();
                }),
                "Sequential was given a tensor that is closed");
        Path missing = folder.resolve("no/such.ckpt");
        refuses(() -> loop.save(missing), "cannot write .*no/such.ckpt: there is no folder .*no");
        loop.close();
        refuses(() -> train(loop, net, 1), "the training session is closed.*");
        net.close();
        refuses(() -> net.forward(torch.ones(4, 6)), "Sequential is closed.*");
    }

    private static void refuses(ThrowingCallable use, String sentence) {
        assertThatThrownBy(use).isInstanceOf(Ascend4jException.class).hasMessageMatching(sentence);
    }
}

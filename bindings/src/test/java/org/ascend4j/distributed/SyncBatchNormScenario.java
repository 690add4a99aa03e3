package org.ascend4j.distributed;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.ascend4j.device.Layout;
import org.ascend4j.nn.AdaptiveAvgPool2d;
import org.ascend4j.nn.BatchNorm2d;
import org.ascend4j.nn.Conv2d;
import org.ascend4j.nn.Flatten;
import org.ascend4j.nn.Linear;
import org.ascend4j.nn.ReLU;
import org.ascend4j.nn.Sequential;
import org.ascend4j.optim.FlatParameters;
import org.ascend4j.optim.Optimizer;
import org.ascend4j.optim.ParameterGroup;
import org.ascend4j.optim.Sgd;
import org.ascend4j.optim.SgdOptions;
import org.ascend4j.optim.UpdatePath;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** One of two ranks of {@link SyncBatchNormTest}; prints what it observes. */
final class SyncBatchNormScenario {
    /** The number of images of each rank; they differ on purpose. */
    private static final long[] IMAGES = {5, 3};

    private static final long CHANNELS = 6;

    private SyncBatchNormScenario() {}

    public static void main(String[] arguments) throws InterruptedException {
        RankProcesses.play(Duration.ofSeconds(60), ranks -> {
            switch (arguments[0]) {
                case "six-numbers" -> sixNumbers(ranks);
                case "fp32" -> oneProcess(ranks, ScalarType.Float, 0);
                case "fp16" -> oneProcess(ranks, ScalarType.Half, Math.pow(2, -11));
                case "bf16" -> oneProcess(ranks, ScalarType.BFloat16, Math.pow(2, -8));
                case "train" -> train(ranks);
                case "closed" -> {
                    BatchNorm2d norm = norm(1, ranks);
                    ranks.close();
                    norm.forward(waves(1, 0).view(CHANNELS * 4, 1, 1, 1));
                }
                default -> lose(ranks, arguments[0]);
            }
        });
    }

    /** Rank 0 has 1 and 3, rank 1 has 5, 7, 9 and 11. */
    private static void sixNumbers(RankGroup ranks) {
        BatchNorm2d norm = norm(1, ranks);
        long count = ranks.rank().isFirst() ? 2 : 4;
        Tensor input = torch.arange(new Scalar(count))
                .to(ScalarType.Float)
                .mul(new Scalar(2))
                .add(new Scalar(ranks.rank().isFirst() ? 1 : 5))
                .view(count, 1, 1, 1);
        Tensor output = norm.forward(input);
        System.out.printf(
                "mean %.5f variance %.5f first %.5f%n",
                state(norm, "running_mean").item_float(),
                state(norm, "running_var").item_float(),
                output.narrow(0, 0, 1).item_float());
        norm.train(false);
        System.out.printf(
                "in evaluation %.5f%n", norm.forward(input).narrow(0, 0, 1).item_float());
    }

    /**
     * Compares three steps with one batch norm in fp32 over the images of both ranks, computed in this process.
     *
     * @param rounding the permitted relative difference of a value of {@code type} from the exact one
     */
    private static void oneProcess(RankGroup ranks, ScalarType type, double rounding) {
        BatchNorm2d shared = norm(CHANNELS, ranks);
        BatchNorm2d alone = new BatchNorm2d(CHANNELS);
        long first = ranks.rank().isFirst() ? 0 : IMAGES[0];
        long count = IMAGES[ranks.rank().number()];
        for (BatchNorm2d norm : List.of(shared, alone)) {
            norm.namedParameters()
                    .get("weight")
                    .data()
                    .copy_(waves(1, 5).flatten().narrow(0, 0, CHANNELS));
            norm.namedParameters()
                    .get("bias")
                    .data()
                    .copy_(waves(1, 6).flatten().narrow(0, 0, CHANNELS));
        }
        double worst = 0;
        for (int step = 0; step < 3; step++) {
            // Far from zero, where a sum of squares would lose digits.
            Tensor all = waves(IMAGES[0] + IMAGES[1], step).add(new Scalar(30)).to(type);
            Tensor own = all.narrow(0, first, count).clone().requires_grad_(true);
            Tensor factors = waves(IMAGES[0] + IMAGES[1], 7 + step).to(type);
            Tensor joined = all.to(ScalarType.Float).clone().requires_grad_(true);
            Tensor expected = alone.forward(joined);
            Tensor found = shared.forward(own);
            expected.mul(factors).sum().backward();
            ranks.backward(found.mul(factors.narrow(0, first, count)).sum());
            worst = Math.max(worst, difference(found, expected.narrow(0, first, count), rounding));
            worst = Math.max(worst, difference(own.grad(), joined.grad().narrow(0, first, count), rounding));
        }
        for (String name : List.of("running_mean", "running_var")) {
            worst = Math.max(worst, difference(state(shared, name), state(alone, name), 0));
        }
        for (String name : List.of("weight", "bias")) {
            Tensor gradient = shared.namedParameters().get(name).grad();
            Tensor sum = torch.zeros_like(gradient);
            for (int i = 0; i < CHANNELS; i++) {
                sum.narrow(0, i, 1)
                        .fill_(new Scalar(ranks.sum(gradient.narrow(0, i, 1).item_float())[0]));
            }
            worst = Math.max(
                    worst, difference(sum, alone.namedParameters().get(name).grad(), 0));
        }
        System.out.println(worst < 1e-5 ? "equal" : "differs by " + worst);
    }

    /** Compares ten steps of a network, with sums of gradients that start during the backward pass, with the same steps in this process alone. */
    private static void train(RankGroup ranks) {
        long images = IMAGES[0] + IMAGES[1];
        long first = ranks.rank().isFirst() ? 0 : IMAGES[0];
        long count = IMAGES[ranks.rank().number()];
        Tensor inputs = waves(images, 0);
        Tensor targets = waves(images, 3).mean(new long[] {2, 3});
        try (Sequential shared = network();
                Sequential alone = network();
                FlatParameters sharedParameters = new FlatParameters(shared.namedParameters(), Layout.CONTIGUOUS);
                FlatParameters aloneParameters = new FlatParameters(alone.namedParameters(), Layout.CONTIGUOUS);
                Optimizer sharedOptimizer = sgd(sharedParameters);
                Optimizer aloneOptimizer = sgd(aloneParameters);
                GradientSum sum = ranks.gradientSum(sharedParameters)) {
            ranks.synchronise(shared);
            double worst = 0;
            for (int step = 0; step < 10; step++) {
                Tensor expected = alone.forward(inputs).sub(targets).square().mean();
                Tensor own = shared.forward(inputs.narrow(0, first, count))
                        .sub(targets.narrow(0, first, count))
                        .square()
                        .mean()
                        .mul(new Scalar((double) count / images));
                sum.overlap();
                ranks.backward(own);
                sum.finish();
                expected.backward();
                sharedOptimizer.step();
                aloneOptimizer.step();
                sharedOptimizer.zeroGrad();
                aloneOptimizer.zeroGrad();
                worst = Math.max(worst, Math.abs(ranks.sum(own.item_float())[0] / expected.item_float() - 1));
            }
            for (Map.Entry<String, Tensor> entry : alone.stateDict().entries().entrySet()) {
                worst = Math.max(worst, difference(shared.stateDict().get(entry.getKey()), entry.getValue(), 0));
            }
            System.out.println(worst < 1e-5 ? "equal" : "differs by " + worst);
        }
    }

    private static Sequential network() {
        torch.manual_seed(1);
        return new Sequential()
                .add("convolution", new Conv2d(CHANNELS, 16, 3, 1, 1, false))
                .add("norm", new BatchNorm2d(16))
                .add("rectifier", new ReLU(true))
                .add("pool", new AdaptiveAvgPool2d(1))
                .add("flatten", new Flatten())
                .add("fc", new Linear(16, CHANNELS));
    }

    private static Optimizer sgd(FlatParameters parameters) {
        return new Sgd(
                List.of(new ParameterGroup(parameters, 0.1, 0.9, 1e-4)),
                new SgdOptions(0, false),
                UpdatePath.FUSED_FLAT);
    }

    /** Rank 1 exits before its forward or its backward pass. */
    private static void lose(RankGroup ranks, String where) {
        BatchNorm2d norm = norm(CHANNELS, ranks);
        Tensor output = null;
        if (where.equals("backward")) {
            output = norm.forward(waves(4, 0));
        }
        ranks.sum(1);
        if (!ranks.rank().isFirst()) {
            Runtime.getRuntime().halt(9);
        }
        if (output == null) {
            norm.forward(waves(4, 0));
        } else {
            ranks.backward(output.sum());
        }
    }

    private static BatchNorm2d norm(long channels, RankGroup ranks) {
        BatchNorm2d norm = new BatchNorm2d(channels);
        ranks.synchronise(norm);
        return norm;
    }

    private static Tensor state(BatchNorm2d norm, String name) {
        return norm.stateDict().get(name);
    }

    private static Tensor waves(long images, int phase) {
        return torch.arange(new Scalar((double) images * CHANNELS * 4), new TensorOptions(ScalarType.Float))
                .mul_(new Scalar(0.7))
                .add_(new Scalar((double) phase))
                .sin_()
                .view(images, CHANNELS, 2, 2);
    }

    /** Returns the largest difference beyond {@code rounding}, relative to the expected value if that is above 1. */
    private static double difference(Tensor found, Tensor expected, double rounding) {
        Tensor size = expected.abs();
        return found.sub(expected)
                .abs()
                .sub(size.mul(new Scalar(rounding)))
                .div(size.clamp_min(new Scalar(1)))
                .max()
                .item_float();
    }
}

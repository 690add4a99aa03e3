package org.ascend4j.distributed;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.ascend4j.device.Layout;
import org.ascend4j.nativelib.profile.OperatorRecording;
import org.ascend4j.optim.FlatParameters;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** A rank of {@link GradientSumTest} with twelve square layers of 1 MiB and a parameter that never gets a gradient; prints what it observes. */
final class GradientSumScenario {
    private static final int LAYERS = 12;
    private static final long SIDE = 512;

    private final RankGroup ranks;
    private final FlatParameters parameters;
    private final GradientSum sum;

    private GradientSumScenario(RankGroup ranks) {
        this.ranks = ranks;
        Map<String, Tensor> named = new LinkedHashMap<>();
        for (int i = 0; i < LAYERS; i++) {
            named.put("w" + i, waves(SIDE, i).requires_grad_(true));
        }
        named.put("unused", torch.ones(10).requires_grad_(true));
        parameters = new FlatParameters(named, Layout.CONTIGUOUS);
        // Without it the scope of the whole scenario would keep the sum alive after close.
        try (PointerScope scope = new PointerScope()) {
            sum = ranks.gradientSum(parameters);
        }
    }

    public static void main(String[] arguments) throws InterruptedException {
        RankProcesses.play(Duration.ofSeconds(60), ranks -> {
            GradientSumScenario scenario = new GradientSumScenario(ranks);
            switch (arguments[0]) {
                case "die" -> scenario.lose();
                case "no-place" -> scenario.misplace();
                default -> scenario.sums();
            }
        });
    }

    private void sums() throws InterruptedException {
        show("overlapped", LAYERS, true, 1);
        show("behind the pass", LAYERS, false, 1);
        show("accumulated", LAYERS, true, 2);
        show("head off", LAYERS - 1, true, 1);
        show("with a head", LAYERS, true, 1);
        transpose();
        repeat();
        close();
        parameters.close();
    }

    /** Tests gradients whose memory order differs from that of their parameters. */
    private void transpose() {
        List<Tensor> expected = expected(LAYERS, 1);
        ranks.backward(loss(weights(), LAYERS, ranks.rank().number(), 0));
        for (Tensor weight : weights()) {
            weight.mutable_grad().put(weight.grad().t().contiguous().t());
        }
        sum.finish();
        System.out.println("transposed: equal " + equal(expected));
        parameters.zeroGradients();
    }

    /** Tests the two halves of a recorded step: packed gradients, and sums of what a repetition has packed. */
    private void repeat() {
        List<Tensor> expected = expected(LAYERS, 1);
        ranks.backward(loss(weights(), LAYERS, ranks.rank().number(), 0));
        OperatorRecording.start();
        sum.pack();
        String packed = events(OperatorRecording.stop());
        OperatorRecording.start();
        sum.sumPacked();
        System.out.println(
                "repeated: " + packed + "|" + events(OperatorRecording.stop()) + " equal " + equal(expected));
        parameters.zeroGradients();
    }

    /** Tests that closing stops observing the gradients. */
    private void close() {
        sum.overlap();
        sum.close();
        OperatorRecording.start();
        ranks.backward(loss(weights(), LAYERS, ranks.rank().number(), 0));
        System.out.println("closed: " + events(OperatorRecording.stop()));
    }

    /** Tests a failure on the first rank: its sums cannot be stored. */
    private void misplace() {
        if (ranks.rank().isFirst()) {
            parameters.gradients().resize_(0);
        }
        sum.overlap();
        ranks.backward(loss(weights(), LAYERS, 0, 0));
        System.out.println("the pass ends");
        sum.finish();
    }

    /** Tests a lost rank: the other rank does not take part in a sum. */
    private void lose() {
        ranks.sum(1);
        if (!ranks.rank().isFirst()) {
            Runtime.getRuntime().halt(9);
        }
        sum.overlap();
        ranks.backward(loss(weights(), LAYERS, 0, 0));
        System.out.println("the pass ends");
        sum.finish();
    }

    private void show(String name, int layers, boolean overlap, int batches) throws InterruptedException {
        List<Tensor> expected = expected(layers, batches);
        OperatorRecording.start();
        for (int batch = 0; batch < batches; batch++) {
            if (overlap && batch == batches - 1) {
                sum.overlap();
            }
            ranks.backward(loss(weights(), layers, ranks.rank().number(), batch));
        }
        long end = System.nanoTime();
        OperatorRecording.range("|", end, System.nanoTime());
        if (!ranks.rank().isFirst()) {
            // Enough time for rank 0 to show that it has not waited.
            Thread.sleep(300);
        }
        sum.finish();
        boolean equal = equal(expected);
        System.out.println(name + ": " + events(OperatorRecording.stop()) + " equal " + equal
                + ", unused has a gradient: "
                + parameters.hasGradient(parameters.names().indexOf("unused")));
        parameters.zeroGradients();
    }

    /** Returns the events as text: m for a matrix product of the backward passes, R for a reduction, | for the end of the last pass. */
    private static String events(List<OperatorRecording.Run> runs) {
        return runs.stream()
                .map(run -> switch (run.name()) {
                    case "MmBackward0" -> "m";
                    case "c10d::allreduce_" -> "R";
                    case "|" -> "|";
                    default -> "";
                })
                .collect(Collectors.joining());
    }

    /** Returns the sums of all ranks' gradients, computed in this process without the class under test. */
    private List<Tensor> expected(int layers, int batches) {
        List<Tensor> sums = null;
        for (int rank = 0; rank < ranks.size(); rank++) {
            List<Tensor> copies = weights().stream()
                    .map(weight -> weight.detach().clone().requires_grad_(true))
                    .toList();
            for (int batch = 0; batch < batches; batch++) {
                loss(copies, layers, rank, batch).backward();
            }
            List<Tensor> gradients = copies.stream()
                    .limit(layers)
                    .map(copy -> new Tensor(copy.grad()))
                    .toList();
            if (sums == null) {
                sums = gradients;
            } else {
                for (int i = 0; i < layers; i++) {
                    sums.get(i).add_(gradients.get(i));
                }
            }
        }
        return sums;
    }

    /** Returns whether the sums are as expected; a gradient that no rank has has the sum zero. */
    private boolean equal(List<Tensor> expected) {
        Tensor unused = packed("unused");
        boolean equal = unused.equal(torch.zeros_like(unused));
        for (int i = 0; i < expected.size(); i++) {
            equal &= packed("w" + i).equal(expected.get(i).flatten());
        }
        return equal;
    }

    private Tensor packed(String name) {
        int index = parameters.names().indexOf(name);
        return parameters.pack(index, index + 1);
    }

    private List<Tensor> weights() {
        List<Tensor> weights = new ArrayList<>();
        for (int i = 0; i < LAYERS; i++) {
            weights.add(parameters.parameter(parameters.names().indexOf("w" + i)));
        }
        return weights;
    }

    private static Tensor loss(List<Tensor> weights, int layers, int rank, int batch) {
        Tensor values = waves(4, 100 + 10 * rank + batch);
        for (int i = 0; i < layers; i++) {
            values = values.mm(weights.get(i));
        }
        return values.mul(values).sum();
    }

    /** Returns a matrix of {@code rows x 512} that differs by {@code phase}, with values small enough for products of twelve. */
    private static Tensor waves(long rows, int phase) {
        return torch.arange(new Scalar((double) rows * SIDE), new TensorOptions(ScalarType.Float))
                .mul_(new Scalar(0.7))
                .add_(new Scalar((double) phase))
                .sin_()
                .mul_(new Scalar(0.06))
                .view(rows, SIDE);
    }
}

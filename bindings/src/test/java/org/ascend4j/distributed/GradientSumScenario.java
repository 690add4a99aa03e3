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
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** A rank of {@link GradientSumTest}: twelve square layers of 1 MiB and a parameter that never gets a gradient; prints what it sees. */
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
        sum = ranks.gradientSum(parameters);
    }

    public static void main(String[] arguments) throws InterruptedException {
        RankProcesses.play(Duration.ofSeconds(60), ranks -> {
            GradientSumScenario scenario = new GradientSumScenario(ranks);
            if (arguments[0].equals("die")) {
                scenario.lose();
            } else {
                scenario.sums();
            }
        });
    }

    private void sums() {
        show("overlapped", LAYERS, true, 1);
        show("behind the pass", LAYERS, false, 1);
        show("accumulated", LAYERS, true, 2);
        show("head off", LAYERS - 1, true, 1);
        sum.close();
        parameters.close();
    }

    /** The other rank comes to no sum. */
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

    private void show(String name, int layers, boolean overlap, int batches) {
        OperatorRecording.start();
        for (int batch = 0; batch < batches; batch++) {
            if (overlap && batch == batches - 1) {
                sum.overlap();
            }
            ranks.backward(loss(weights(), layers, ranks.rank().number(), batch));
        }
        long end = System.nanoTime();
        OperatorRecording.range("|", end, System.nanoTime());
        sum.finish();
        System.out.println(name + ": " + events(OperatorRecording.stop()) + " equal " + equal(layers, batches)
                + ", unused has a gradient: "
                + parameters.hasGradient(parameters.names().indexOf("unused")));
        parameters.zeroGradients();
    }

    /** Matrix products of the backward passes as m, reductions as R, the end of the last pass as |. */
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

    /** Compares with the sum of all ranks' gradients, computed here without any of this. */
    private boolean equal(int layers, int batches) {
        List<Tensor> expected = null;
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
            if (expected == null) {
                expected = gradients;
            } else {
                for (int i = 0; i < layers; i++) {
                    expected.get(i).add_(gradients.get(i));
                }
            }
        }
        boolean equal = true;
        for (int i = 0; i < layers; i++) {
            int index = parameters.names().indexOf("w" + i);
            equal &= parameters.pack(index, index + 1).equal(expected.get(i).flatten());
        }
        return equal;
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

    /** A matrix of {@code rows x 512} that differs by {@code phase}, small enough for products of twelve. */
    private static Tensor waves(long rows, int phase) {
        return torch.arange(new Scalar((double) rows * SIDE), new TensorOptions(ScalarType.Float))
                .mul_(new Scalar(0.7))
                .add_(new Scalar((double) phase))
                .sin_()
                .mul_(new Scalar(0.06))
                .view(rows, SIDE);
    }
}

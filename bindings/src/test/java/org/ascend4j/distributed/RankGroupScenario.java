package org.ascend4j.distributed;

import java.time.Duration;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** A rank of {@link RankGroupTest}; prints what it observes. */
final class RankGroupScenario {
    private RankGroupScenario() {}

    public static void main(String[] arguments) throws InterruptedException {
        // This is also the time that the ranks wait for each other to start.
        RankProcesses.play(Duration.ofSeconds(arguments[0].equals("hang") ? 15 : 60), ranks -> {
            switch (arguments[0]) {
                case "collectives" -> collectives(ranks);
                case "differ" ->
                    ranks.requireEqual(
                            "weights",
                            torch.full(new long[] {5}, scalar(ranks.rank().number() / 2)));
                case "watch" -> watch(ranks);
                case "closed" -> {
                    ranks.sum(1);
                    ranks.close();
                    ranks.sum(1);
                }
                default -> lose(ranks, arguments[0]);
            }
        });
    }

    private static Scalar scalar(double value) {
        return new Scalar(value);
    }

    private static void collectives(RankGroup ranks) {
        int number = ranks.rank().number();
        double[] sums = ranks.sum(number, Math.scalb(1.0, -number) / 2);
        System.out.println("host sums: " + sums[0] + " " + sums[1]);
        Tensor floats = torch.full(new long[] {4}, scalar(7 + number));
        Tensor integers = floats.to(ScalarType.Long);
        ranks.broadcast(floats);
        ranks.broadcast(integers);
        System.out.println("broadcast: " + floats.narrow(0, 3, 1).item_float() + " "
                + integers.narrow(0, 3, 1).item_long());
        System.out.println("shared: " + ranks.share("from " + number));
        ranks.requireEqual("weights", floats);
        System.out.println("equal: yes");
    }

    /** Rank 1, on its own node, dies while rank 0 does not wait for it. */
    private static void watch(RankGroup ranks) throws InterruptedException {
        ranks.sum(1);
        if (!ranks.rank().isFirst()) {
            Runtime.getRuntime().halt(9);
        }
        Thread.sleep(60_000);
        System.out.println("not ended");
    }

    /** Rank 1 does not take part in the second sum. */
    private static void lose(RankGroup ranks, String how) throws InterruptedException {
        ranks.sum(1);
        if (ranks.rank().isFirst()) {
            ranks.sum(1);
        } else if (how.equals("die")) {
            Runtime.getRuntime().halt(9);
        } else {
            Thread.sleep(60_000);
        }
    }
}

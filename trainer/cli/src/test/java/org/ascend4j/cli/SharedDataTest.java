package org.ascend4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.ascend4j.Ascend4jException;
import org.ascend4j.distributed.RankGroup;
import org.ascend4j.distributed.Topology;
import org.ascend4j.trainer.data.DataSettings;
import org.ascend4j.trainer.data.DataSource;
import org.ascend4j.trainer.data.DataSources;
import org.ascend4j.trainer.data.DataSplits;
import org.ascend4j.trainer.data.ProgressSink;
import org.junit.jupiter.api.Test;

/** Simulates one of two ranks; the other rank's part of each sum is made up. */
class SharedDataTest {
    private static final DataSplits SHAPES =
            DataSources.parse("shapes:8,4", DataSettings.defaults()).load(ProgressSink.NONE);

    private final List<Double> told = new ArrayList<>();

    @Test
    void whoLoadsTellsTheOthersUntilItIsDone() {
        CountDownLatch signs = new CountDownLatch(3);
        DataSource slow = new Source(() -> {
            try {
                assertThat(signs.await(20, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return SHAPES;
        });
        RankGroup first = rank(0, own -> {
            signs.countDown();
            return own;
        });
        assertThat(SharedData.load(slow, first)).isSameAs(SHAPES);
        // After that the other rank loads, which takes no time in this test.
        assertThat(told).startsWith(1.0, 1.0, 1.0).endsWith(0.0, 0.0);
        assertThat(told.subList(0, told.size() - 2)).containsOnly(1.0);
    }

    @Test
    void theOthersLoadWhenItIsDone() {
        int firstLoads = 4;
        RankGroup second = rank(1, own -> told.size() < firstLoads ? own + 1 : own);
        List<Integer> before = new ArrayList<>();
        DataSource source = new Source(() -> {
            before.add(told.size());
            return SHAPES;
        });
        assertThat(SharedData.load(source, second)).isSameAs(SHAPES);
        assertThat(before).containsExactly(firstLoads);
        assertThat(told.subList(0, firstLoads)).containsOnly(0.0);
    }

    @Test
    void aProblemIsToldAsItIs() {
        Ascend4jException problem = new Ascend4jException("no data");
        DataSource broken = new Source(() -> {
            throw problem;
        });
        assertThatThrownBy(() -> SharedData.load(broken, rank(0, own -> own))).isSameAs(problem);
    }

    private record Source(Supplier<DataSplits> data) implements DataSource {
        @Override
        public String name() {
            return "made up";
        }

        @Override
        public DataSplits load(ProgressSink progress) {
            return data.get();
        }
    }

    private RankGroup rank(int number, UnaryOperator<Double> sum) {
        Topology topology = new Topology("test", 1, 0, 2, "127.0.0.1", 1);
        return (RankGroup) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {RankGroup.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "rank" -> topology.rank(number);
                    case "size" -> topology.size();
                    case "sum" -> {
                        told.add(((double[]) arguments[0])[0]);
                        yield new double[] {sum.apply(told.get(told.size() - 1))};
                    }
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }
}

package org.ascend4j.distributed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.ascend4j.nativelib.NativeLibrary;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Groups of real processes; {@link RankGroupScenario} is one of them. */
class RankGroupTest {
    @BeforeEach
    void requireNative() {
        boolean required = "1".equals(System.getenv("ASCEND4J_REQUIRE_NATIVE"));
        boolean runs = required || NativeLibrary.isAvailable();
        if (!runs) {
            System.out.println("skipped RankGroupTest: the JNI library is not part of this build");
        }
        assumeTrue(runs, "the JNI library is not part of this build");
    }

    @Test
    void ranksSumBroadcastAndShare() throws Exception {
        List<String> outputs = run(3, "collectives");
        for (int rank = 0; rank < 3; rank++) {
            assertThat(outputs.get(rank))
                    .isEqualTo(
                            // 0 + 1 + 2 in a tensor of 9 million elements, which is four buckets and a rest, and in a
                            // small
                            // one.
                            """
                            sums: 3.0 3.0 3.0
                            host sums: 3.0 0.875
                            broadcast: 7.0 7
                            shared: from 0
                            equal: yes
                            """);
        }
    }

    @Test
    void weightsThatDifferAreFoundByEveryRank() throws Exception {
        for (String output : run(3, "differ")) {
            assertThat(output)
                    .isEqualTo("all ranks expect the same weights, found others than rank 0's on rank(s) [2]\n");
        }
    }

    @Test
    void aRankThatDiesEndsTheOthersWait() throws Exception {
        List<String> outputs = run(2, "die");
        assertThat(outputs.get(0))
                .startsWith("PeerLostException: rank 0 of 2 on ")
                .contains(" expects an answer of all ranks, found one lost: ");
    }

    @Test
    void aRankThatHangsEndsTheOthersWaitAtTheTimeout() throws Exception {
        long start = System.nanoTime();
        List<String> outputs = run(2, "hang");
        assertThat(outputs.get(0)).startsWith("PeerLostException: rank 0 of 2 on ");
        // The rank that hangs does so for 60 s, the time-out is 4 s.
        assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start)).isLessThan(50);
    }

    @Test
    void aNodeThatDiesEndsTheOthersAlsoOutsideACollective() throws Exception {
        String address = "127.0.0.1";
        int port = HostAddresses.freePort();
        List<Rank> ranks = List.of(
                new Topology("test", 2, 0, 1, address, port).rank(0),
                new Topology("test", 2, 1, 1, address, port).rank(0));
        // Without the watch it would sleep for 60 s and then say so.
        assertThat(run(ranks, "watch").get(0))
                .contains("is lost: its ranks have ended")
                .doesNotContain("not ended");
    }

    private static List<String> run(int size, String scenario) throws IOException, InterruptedException {
        Topology topology = Topology.oneNode("test", size, HostAddresses.freePort());
        return run(IntStream.range(0, size).mapToObj(topology::rank).toList(), scenario);
    }

    private static List<String> run(List<Rank> ranks, String scenario) throws IOException, InterruptedException {
        List<Process> processes = new ArrayList<>();
        for (Rank rank : ranks) {
            ProcessBuilder builder = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:+UseSerialGC",
                            "-cp",
                            System.getProperty("java.class.path"),
                            RankGroupScenario.class.getName(),
                            scenario)
                    .redirectError(ProcessBuilder.Redirect.INHERIT);
            builder.environment().putAll(rank.environment());
            builder.environment().put("OMP_NUM_THREADS", "1");
            processes.add(builder.start());
        }
        try {
            List<String> outputs = new ArrayList<>();
            for (Process process : processes) {
                outputs.add(new String(process.getInputStream().readAllBytes(), UTF_8));
                // A rank that hangs on purpose is not waited for.
                if (scenario.equals("hang")) {
                    break;
                }
            }
            return outputs;
        } finally {
            for (Process process : processes) {
                process.destroyForcibly().waitFor();
            }
        }
    }
}

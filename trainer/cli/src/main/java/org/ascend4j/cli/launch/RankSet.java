package org.ascend4j.cli.launch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.ascend4j.distributed.Topology;

/** The ranks of this node in one attempt; all of them end if one fails. */
final class RankSet {
    private final List<RankProcess> ranks = new ArrayList<>();
    private final BlockingQueue<RankProcess> ended = new LinkedBlockingQueue<>();

    private RankSet() {}

    /** Starts the ranks, each with {@code variables} in its environment. */
    static RankSet start(Topology topology, List<String> command, Map<String, String> variables) {
        RankSet set = new RankSet();
        try {
            for (int local = 0; local < topology.localSize(); local++) {
                RankProcess rank = RankProcess.start(topology.rank(local), command, variables);
                set.ranks.add(rank);
                rank.process().onExit().thenRun(() -> set.ended.add(rank));
            }
        } catch (RuntimeException e) {
            set.ranks.forEach(RankProcess::kill);
            throw e;
        }
        return set;
    }

    /** Waits until all ranks have ended successfully or one has failed; returns that one. */
    Optional<RankProcess> firstFailure() throws InterruptedException {
        for (int left = ranks.size(); left > 0; left--) {
            RankProcess rank = ended.take();
            if (rank.exitCode() != 0) {
                return Optional.of(rank);
            }
        }
        ranks.forEach(RankProcess::showLastLines);
        return Optional.empty();
    }

    /** Waits for the ranks to end by themselves, then asks the remaining ones to stop, and finally kills them. */
    void end(Duration alone, Duration asked) {
        awaitAll(alone);
        ranks.forEach(RankProcess::terminate);
        awaitAll(asked);
        ranks.forEach(RankProcess::kill);
        awaitAll(Duration.ofSeconds(5));
        ranks.forEach(RankProcess::showLastLines);
    }

    private void awaitAll(Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        ranks.forEach(rank -> rank.endedBy(deadline));
    }
}

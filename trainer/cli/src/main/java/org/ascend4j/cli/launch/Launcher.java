package org.ascend4j.cli.launch;

import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.ascend4j.distributed.HostAddresses;
import org.ascend4j.distributed.MeetingFile;
import org.ascend4j.distributed.Topology;

/** Starts the ranks of this node, ends them together, and starts them again after a failure where that is wanted. */
public final class Launcher {
    /**
     * After a rank's death the others have so long to say what they know, and as long again after they were asked. A node's first rank, which other nodes watch,
     * may so end 10 s after the death; theirs notice at once, or after 10 s of silence, say what they know for 3 s, and end within 10 s more: 23 s in all.
     */
    private static final Duration LAST_WORDS = Duration.ofSeconds(5);

    private static final Duration ASKED = Duration.ofSeconds(5);

    /** By then a failure on one node has ended the ranks of all. */
    private static final Duration ALL_NODES_END = Duration.ofSeconds(30);

    /** After a signal ranks finish their step and rank 0 writes its checkpoint. */
    private static final Duration AFTER_SIGNAL = Duration.ofMinutes(2);

    private static final int WRONG_USAGE = 2;
    private static final int SIGNALS = 128;
    private static final int INTERRUPTED = 130;
    private static final int TERMINATED = 143;

    private final Topology topology;
    private final Supplier<List<String>> command;
    private final int maxRestarts;
    private final PrintStream err;
    private volatile boolean stopping;

    /**
     * Prepares a launch.
     *
     * @param command gives the command line of a rank, for each attempt anew
     * @param maxRestarts how often all ranks may be started again
     */
    public Launcher(Topology topology, Supplier<List<String>> command, int maxRestarts, PrintStream err) {
        this.topology = topology;
        this.command = command;
        this.maxRestarts = maxRestarts;
        this.err = err;
    }

    /** Runs the ranks to their end and returns 0, or the exit code of the one that failed first. */
    public int run() {
        for (int restarts = 0; ; restarts++) {
            int code = attempt();
            if (code == 0 || stopping || !isWorthRestarting(code) || restarts == maxRestarts) {
                return code;
            }
            say("starting all ranks again, " + (restarts + 1) + " of " + maxRestarts);
            if (topology.nodes() > 1) {
                awaitOtherNodes();
            }
        }
    }

    /** A rank that came back at once would meet those of the last attempt. */
    private static void awaitOtherNodes() {
        try {
            Thread.sleep(ALL_NODES_END.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean isWorthRestarting(int code) {
        return code != WRONG_USAGE && code != INTERRUPTED && code != TERMINATED;
    }

    private int attempt() {
        if (topology.nodes() > 1) {
            return attempt(topology, Map.of());
        }
        // A file and a port of their own for each attempt: the last one's may still be held.
        Topology meeting = topology.masterPort() == 0 ? topology.withMasterPort(HostAddresses.freePort()) : topology;
        try (MeetingFile file = MeetingFile.create()) {
            return attempt(meeting, file.environment());
        }
    }

    private int attempt(Topology meeting, Map<String, String> variables) {
        RankSet ranks = RankSet.start(meeting, command.get(), variables);
        Thread hook = new Thread(() -> stop(ranks), "stop-ranks");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            Optional<RankProcess> failed = ranks.firstFailure();
            failed.ifPresent(rank -> {
                if (!stopping) {
                    say(describe(rank));
                }
                ranks.end(stopping ? AFTER_SIGNAL : LAST_WORDS, ASKED);
            });
            return failed.map(RankProcess::exitCode).orElse(0);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            ranks.end(Duration.ZERO, ASKED);
            return SIGNALS;
        } finally {
            if (!stopping) {
                try {
                    Runtime.getRuntime().removeShutdownHook(hook);
                } catch (IllegalStateException e) {
                    stopping = true;
                }
            }
        }
    }

    /** SIGINT or SIGTERM: a terminal sends the first to all, so asking the ranks again only makes sure. */
    private void stop(RankSet ranks) {
        stopping = true;
        ranks.end(Duration.ZERO, AFTER_SIGNAL);
    }

    private static String describe(RankProcess rank) {
        int code = rank.exitCode();
        String how = code > SIGNALS ? "was killed by signal " + (code - SIGNALS) : "ended";
        return "rank " + rank.rank().number() + " of " + rank.rank().size() + " on " + HostAddresses.name()
                + " (process " + rank.process().pid() + ") " + how + " with exit code " + code
                + "; ending the other ranks";
    }

    private void say(String text) {
        err.println("ascend4j: " + text);
        err.flush();
    }
}

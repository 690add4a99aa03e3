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

/** Starts the ranks of this node, ends all of them if one fails, and restarts them after a failure if that is enabled. */
public final class Launcher {
    /**
     * After a rank dies the others get this time to log, and {@link #ASKED} after they were asked to stop. The first
     * rank of a node, which other nodes watch, may therefore end 10 s after the death. The ranks of other nodes notice
     * this immediately, or after 10 s of silence, log for 3 s, and end within 10 s more: 23 s in total.
     */
    private static final Duration LAST_WORDS = Duration.ofSeconds(5);

    private static final Duration ASKED = Duration.ofSeconds(5);

    /** After this time a failure on one node has ended the ranks of all nodes. */
    private static final Duration ALL_NODES_END = Duration.ofSeconds(30);

    /** After a signal, ranks finish their step and rank 0 writes its checkpoint. */
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
     * @param command returns the command line of a rank; called for each attempt
     * @param maxRestarts how often all ranks may be restarted
     */
    public Launcher(Topology topology, Supplier<List<String>> command, int maxRestarts, PrintStream err) {
        this.topology = topology;
        this.command = command;
        this.maxRestarts = maxRestarts;
        this.err = err;
    }

    /** Runs the ranks until they end. Returns 0, or the exit code of the first rank that failed. */
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

    /** Waits until the ranks of all nodes have ended. A rank that restarted immediately would connect to ranks of the last attempt. */
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
        // Each attempt has its own file and port, because those of the last attempt may still be in use.
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

    /** Handles SIGINT or SIGTERM by asking the ranks to stop. A terminal sends SIGINT to the ranks as well; the request is repeated to be sure. */
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

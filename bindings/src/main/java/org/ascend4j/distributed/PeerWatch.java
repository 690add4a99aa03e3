package org.ascend4j.distributed;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.ascend4j.Ascend4jException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the ranks of all nodes when one node's have died: a rank that waits in a collective may notice late (HCCL) or never.
 *
 * <p>The first rank of each node keeps a connection to rank 0, and both send a sign of life every few seconds. Who dies ends his connections; rank 0 tells the
 * other nodes. Within a node that is the launcher's work.
 */
final class PeerWatch implements AutoCloseable {
    private static final int ALIVE = 0;
    private static final int DONE = 1;
    private static final int LOST = 2;

    private static final String ENDED = "its ranks have ended";

    private static final int BEAT_SECONDS = 2;

    /** Five signs of life that did not come: with what follows here and in the launcher, all ranks have ended within 30 s. */
    private static final Duration SILENCE = Duration.ofSeconds(10);

    /** How long the training thread gets to say what it knows. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(3);

    private static final Logger LOG = LoggerFactory.getLogger(PeerWatch.class);

    private final Rank rank;
    private final ServerSocket server;
    private final List<Socket> peers = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService heart;
    private volatile boolean done;

    private PeerWatch(Rank rank, ServerSocket server) {
        this.rank = rank;
        this.server = server;
        heart = Executors.newSingleThreadScheduledExecutor(task -> daemon(task, "signs of life"));
        heart.scheduleAtFixedRate(() -> tellAll(ALIVE), BEAT_SECONDS, BEAT_SECONDS, TimeUnit.SECONDS);
    }

    /**
     * Starts watching; every rank calls this.
     *
     * @param share gives rank 0's text to all
     */
    static PeerWatch start(Rank rank, UnaryOperator<String> share, Duration timeout) {
        try {
            PeerWatch watch = new PeerWatch(rank, rank.isFirst() ? server(rank.topology()) : null);
            if (rank.isFirst()) {
                Door door = new Door(watch.server, rank.topology().nodes() - 1, watch::add);
                share.apply(door.invitation());
                daemon(door::open, "watch for nodes").start();
            } else {
                String invitation = share.apply(null);
                if (rank.localRank() == 0) {
                    watch.add(Door.enter(rank.topology().masterAddress(), invitation, timeout), "node 0");
                }
            }
            return watch;
        } catch (IOException e) {
            throw new Ascend4jException(
                    "rank " + rank.number() + " expects to reach node 0 at "
                            + rank.topology().masterAddress() + ", found: " + e.getMessage(),
                    e);
        }
    }

    private static ServerSocket server(Topology topology) throws IOException {
        // All of a job's nodes may connect at once.
        int backlog = Math.max(50, topology.nodes());
        return new ServerSocket(
                0, backlog, HostAddresses.listening(topology.masterAddress()).orElse(null));
    }

    static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    private void add(Socket socket, String name) throws IOException {
        socket.setSoTimeout((int) SILENCE.toMillis());
        peers.add(socket);
        daemon(() -> listen(socket, name), "watch of " + name).start();
    }

    private void listen(Socket socket, String name) {
        try {
            int sign = ALIVE;
            while (sign == ALIVE) {
                sign = socket.getInputStream().read();
            }
            if (sign != DONE) {
                lost(sign == LOST ? "another node" : name, ENDED);
            }
        } catch (IOException e) {
            // How the end of a process looks that has left something unread.
            lost(name, "Connection reset".equals(e.getMessage()) ? ENDED : e.getMessage());
        }
    }

    private synchronized void lost(String name, String reason) {
        if (done) {
            return;
        }
        done = true;
        tellAll(LOST);
        LOG.error("Rank {} on {} ends because {} is lost: {}.", rank.number(), HostAddresses.name(), name, reason);
        try {
            Thread.sleep(LAST_WORDS.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        // Not System.exit: it waits for a step that may wait for the lost ones.
        Runtime.getRuntime().halt(1);
    }

    private void tellAll(int sign) {
        for (Socket peer : peers) {
            try {
                peer.getOutputStream().write(sign);
            } catch (IOException e) {
                // Whoever listens to this connection finds out, too.
                LOG.debug("No sign of life sent", e);
            }
        }
    }

    /** Returns how many connections it watches. */
    int watched() {
        return peers.size();
    }

    /** Says that this rank has done its work, and that its end is no loss. */
    void done() {
        done = true;
        tellAll(DONE);
    }

    @Override
    public void close() {
        heart.shutdownNow();
        try {
            for (Socket peer : peers) {
                peer.close();
            }
            if (server != null) {
                server.close();
            }
        } catch (IOException e) {
            LOG.debug("Watch not closed", e);
        }
    }
}

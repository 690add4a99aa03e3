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
 * Ends the ranks of all nodes when those of one node have died: a rank that waits in a collective may notice this late (HCCL) or never.
 *
 * <p>The first rank of each node keeps a connection to rank 0, and both sides send a heartbeat every few seconds. A dead process closes its sockets; rank 0
 * then informs the other nodes. Within a node the launcher ends the other ranks.
 */
final class PeerWatch implements AutoCloseable {
    private static final int ALIVE = 0;
    private static final int DONE = 1;
    private static final int LOST = 2;

    private static final String ENDED = "its ranks have ended";

    private static final int BEAT_SECONDS = 2;

    /** The heartbeat time-out, five missed heartbeats. Together with the later steps here and in the launcher, all ranks end within 30 s. */
    private static final Duration SILENCE = Duration.ofSeconds(10);

    /** The time that the training thread gets to log its error. */
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
     * Starts watching; every rank must call this.
     *
     * @param share distributes rank 0's text to all ranks
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
        // All nodes of a job may connect at the same time.
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
            // A process that ends with unread data in its socket resets the connection.
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
        // Not System.exit: it would wait for a step that may itself wait for the lost ranks.
        Runtime.getRuntime().halt(1);
    }

    private void tellAll(int sign) {
        for (Socket peer : peers) {
            try {
                peer.getOutputStream().write(sign);
            } catch (IOException e) {
                // The thread that reads from this connection notices the failure as well.
                LOG.debug("No sign of life sent", e);
            }
        }
    }

    /** Returns the number of connections that this rank watches. */
    int watched() {
        return peers.size();
    }

    /** Announces that this rank has finished its work, so that the end of its process is not a loss. */
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

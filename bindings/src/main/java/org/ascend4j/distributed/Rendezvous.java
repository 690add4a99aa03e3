package org.ascend4j.distributed;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import org.ascend4j.Ascend4jException;
import org.ascend4j.nativelib.distributed.KeyValueStore;

/**
 * The store through which the ranks of one attempt find each other: the launcher's {@link MeetingFile}, a TCPStore that rank 0 serves, or the store of
 * torchrun's agent.
 */
final class Rendezvous {
    /** The variable with a secret that all ranks of a run share and that is unknown to other processes. */
    static final String SECRET = "ASCEND4J_SECRET";

    private static final int SECRET_BYTES = 16;

    private static final int CONNECT_MILLIS = 5_000;
    private static final int RETRY_MILLIS = 200;

    private Rendezvous() {}

    /** Opens the store; every attempt after a restart uses its own keys. */
    static KeyValueStore open(Rank rank, Duration timeout, Map<String, String> environment) {
        try (KeyValueStore store = shared(rank, timeout, environment)) {
            return store.prefixed(prefix(environment));
        }
    }

    private static KeyValueStore shared(Rank rank, Duration timeout, Map<String, String> environment) {
        String file = environment.get(MeetingFile.VARIABLE);
        if (file != null) {
            return KeyValueStore.file(Path.of(file), KeyValueStore.ANY_NUMBER, timeout);
        }
        Topology topology = rank.topology();
        boolean serve = rank.isFirst() && !agentServes(environment);
        if (serve) {
            return KeyValueStore.serve(topology.masterAddress(), topology.masterPort(), 0, timeout);
        }
        awaitServer(topology.masterAddress(), topology.masterPort(), timeout);
        return KeyValueStore.connect(topology.masterAddress(), topology.masterPort(), 0, timeout);
    }

    /** Waits until a port accepts connections. c10d would also wait, but prints the frames of a C++ stack when it gives up. */
    static void awaitServer(String host, int port, Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (true) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(host, port), CONNECT_MILLIS);
                return;
            } catch (IOException e) {
                if (System.nanoTime() >= deadline) {
                    throw new Ascend4jException(
                            "the ranks expect node 0 to answer at " + host + ", port " + port + ", within "
                                    + timeout.toSeconds() + " s, found: " + e.getMessage()
                                    + "; start node 0 and check --master-addr, --master-port and the network between",
                            e);
                }
            }
            try {
                Thread.sleep(RETRY_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new Ascend4jException("interrupted while waiting for node 0", e);
            }
        }
    }

    /** Returns the prefix of an attempt's keys. It contains only a digest of the secret, because keys appear in messages. */
    static String prefix(Map<String, String> environment) {
        String attempt = environment.getOrDefault("TORCHELASTIC_RESTART_COUNT", "0");
        String secret = environment.getOrDefault(SECRET, "");
        return "ascend4j/" + attempt + (secret.isEmpty() ? "" : "/" + digest(attempt + "/" + secret));
    }

    private static String digest(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
            return HexFormat.of().formatHex(digest, 0, SECRET_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static boolean agentServes(Map<String, String> environment) {
        return "True".equals(environment.get("TORCHELASTIC_USE_AGENT_STORE"));
    }
}

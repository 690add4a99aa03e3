package org.ascend4j.distributed;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Admits only the first ranks of the other nodes to rank 0's server: a client must send a secret word that rank 0 generates and publishes in the store. */
final class Door {
    /** A callback for the connection of a node. */
    interface Guests {
        void add(Socket socket, String name) throws IOException;
    }

    private static final int WORD_BYTES = 16;

    /** The maximum number of connections that have not sent the word yet; further ones are closed at once. */
    private static final int STRANGERS = 1024;

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Logger LOG = LoggerFactory.getLogger(Door.class);

    private final ServerSocket server;
    private final Guests guests;
    private final byte[] word = new byte[WORD_BYTES];
    private int awaited;

    Door(ServerSocket server, int awaited, Guests guests) {
        this.server = server;
        this.awaited = awaited;
        this.guests = guests;
        new SecureRandom().nextBytes(word);
    }

    /** Returns the port and the word to pass to {@link #enter}. */
    String invitation() {
        return server.getLocalPort() + " " + HexFormat.of().formatHex(word);
    }

    /** Connects to the node that published the invitation. */
    static Socket enter(String host, String invitation, Duration timeout) throws IOException {
        String[] parts = invitation.split(" ");
        Socket socket = new Socket();
        socket.connect(new InetSocketAddress(host, Integer.parseInt(parts[0])), (int) timeout.toMillis());
        socket.getOutputStream().write(HexFormat.of().parseHex(parts[1]));
        return socket;
    }

    /** Accepts connections until all nodes have connected or the server is closed. */
    void open() {
        ThreadPoolExecutor readers = new ThreadPoolExecutor(
                0,
                STRANGERS,
                1,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                task -> PeerWatch.daemon(task, "connection"),
                new ThreadPoolExecutor.AbortPolicy());
        try {
            while (true) {
                Socket socket = server.accept();
                try {
                    readers.execute(() -> greet(socket));
                } catch (RuntimeException e) {
                    LOG.debug("Too many connections at a time", e);
                    socket.close();
                }
            }
        } catch (IOException e) {
            // All nodes have connected, or the group has failed and reports that itself.
            LOG.debug("Door closed", e);
        } finally {
            readers.shutdown();
        }
    }

    private void greet(Socket socket) {
        try {
            socket.setSoTimeout((int) PATIENCE.toMillis());
            byte[] said = socket.getInputStream().readNBytes(WORD_BYTES);
            if (MessageDigest.isEqual(said, word)) {
                // The address, not the host name: a name lookup may take longer than the other node's heartbeat
                // time-out.
                admit(socket, socket.getInetAddress().getHostAddress());
            } else {
                LOG.debug("A stranger connected from {}", socket.getInetAddress());
                socket.close();
            }
        } catch (IOException e) {
            LOG.debug("No word received from {}", socket.getInetAddress(), e);
            closeQuietly(socket);
        }
    }

    private synchronized void admit(Socket socket, String name) throws IOException {
        guests.add(socket, name);
        awaited--;
        if (awaited == 0) {
            server.close();
        }
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            LOG.debug("Not closed", e);
        }
    }
}

package org.ascend4j.distributed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tests the watches of two nodes in one process. A watch that accepted an unknown client as a node would halt the process when that client disconnects. */
@Tag("slow")
class PeerWatchTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final String HOST = "127.0.0.1";

    @Test
    void strangersAreNotWatched() throws Exception {
        String[] shared = new String[1];
        List<Socket> strangers = new ArrayList<>();
        try (PeerWatch first = PeerWatch.start(rank(0), text -> shared[0] = text, TIMEOUT)) {
            int port = Integer.parseInt(shared[0].split(" ")[0]);
            // The other nodes use 127.0.0.1 for node 0; all of 127.0.0.0/8 belongs to this host.
            assertThatThrownBy(() -> new Socket(InetAddress.getByName("127.0.0.2"), port))
                    .isInstanceOf(ConnectException.class);
            Random random = new Random(1);
            for (int i = 0; i < 300; i++) {
                Socket stranger = new Socket(InetAddress.getByName(HOST), port);
                strangers.add(stranger);
                byte[] garbage = new byte[i % 3 * 10];
                random.nextBytes(garbage);
                stranger.getOutputStream().write(garbage);
            }
            try (PeerWatch second = PeerWatch.start(rank(1), text -> shared[0], TIMEOUT)) {
                await(first);
                assertThat(second.watched()).isEqualTo(1);
                close(strangers);
                assertThat(first.watched()).isEqualTo(1);
                second.done();
                first.done();
            }
        } finally {
            close(strangers);
        }
    }

    private static Rank rank(int node) {
        return new Topology("test", 2, node, 1, HOST, 29500).rank(0);
    }

    private static void await(PeerWatch watch) throws InterruptedException {
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        while (watch.watched() == 0 && System.nanoTime() < deadline) {
            Thread.sleep(10);
        }
        assertThat(watch.watched()).isEqualTo(1);
    }

    private static void close(List<Socket> sockets) throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}

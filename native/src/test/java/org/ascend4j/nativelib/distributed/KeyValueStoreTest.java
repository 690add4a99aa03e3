package org.ascend4j.nativelib.distributed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import org.ascend4j.Ascend4jException;
import org.ascend4j.nativelib.support.Prerequisite;
import org.ascend4j.nativelib.support.Requires;
import org.bytedeco.javacpp.PointerScope;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
@Requires(Prerequisite.NATIVE)
final class KeyValueStoreTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(100);
    private static final String HOST = "127.0.0.1";

    @Test
    void aClientReadsWhatTheServerWrote() {
        try (KeyValueStore server = KeyValueStore.serve(HOST, 0, 0, TIMEOUT);
                KeyValueStore client = KeyValueStore.connect(HOST, server.port(), 0, TIMEOUT)) {
            byte[] value = {0, -1, 65, 0, 127};
            server.set("bytes", value);
            server.set("text", "läuft");
            server.set("empty", new byte[0]);
            assertThat(client.get("bytes")).isEqualTo(value);
            assertThat(client.getText("text")).isEqualTo("läuft");
            assertThat(client.get("empty")).isEmpty();
        }
    }

    @Test
    void aPortThatIsTakenNamesTheOptionToSet() throws IOException {
        try (ServerSocket taken = new ServerSocket(0)) {
            assertThatThrownBy(() -> KeyValueStore.serve(HOST, taken.getLocalPort(), 0, TIMEOUT))
                    .isInstanceOf(Ascend4jException.class)
                    .hasMessage("port " + taken.getLocalPort()
                            + " expects to be free for the ranks to meet at, found it in use;"
                            + " set --master-port (or MASTER_PORT) to another");
        }
    }

    @Test
    void strangersThatAreSilentOrSendGarbageDisturbNobody() throws IOException {
        List<Socket> strangers = new ArrayList<>();
        try (KeyValueStore server = KeyValueStore.serve(HOST, 0, 0, TIMEOUT)) {
            Random random = new Random(1);
            for (int i = 0; i < 300; i++) {
                Socket stranger = new Socket(InetAddress.getByName(HOST), server.port());
                strangers.add(stranger);
                // c10d needs a tenth of a second each time to reject garbage.
                byte[] garbage = new byte[i % 10 == 0 ? random.nextInt(4096) : 0];
                random.nextBytes(garbage);
                // Some begin like c10d's own messages.
                if (garbage.length > 0 && i % 20 == 0) {
                    garbage[0] = (byte) random.nextInt(16);
                }
                stranger.getOutputStream().write(garbage);
            }
            try (KeyValueStore client = KeyValueStore.connect(HOST, server.port(), 0, TIMEOUT)) {
                client.set("key", "value");
                assertThat(server.getText("key")).isEqualTo("value");
            }
        } finally {
            for (Socket stranger : strangers) {
                stranger.close();
            }
        }
    }

    @Test
    void countersAddUpOverClients() {
        try (KeyValueStore server = KeyValueStore.serve(HOST, 0, 0, TIMEOUT);
                KeyValueStore client = KeyValueStore.connect(HOST, server.port(), 0, TIMEOUT)) {
            assertThat(server.add("count", 5)).isEqualTo(5);
            assertThat(client.add("count", -2)).isEqualTo(3);
            assertThat(client.delete("count")).isTrue();
            assertThat(server.contains("count")).isFalse();
        }
    }

    @Test
    void aServerWaitsForItsWorkers() {
        int port;
        try (KeyValueStore probe = KeyValueStore.serve(HOST, 0, 0, TIMEOUT)) {
            port = probe.port();
        }
        // The same time-out bounds the server's connection to itself, which took over 5 s on a busy machine.
        assertThatThrownBy(() -> KeyValueStore.serve(HOST, port, 2, Duration.ofSeconds(20)))
                .isInstanceOf(Ascend4jException.class)
                .hasMessageContaining("1/2");
        CompletableFuture<KeyValueStore> client =
                CompletableFuture.supplyAsync(() -> KeyValueStore.connect(HOST, port, 2, TIMEOUT));
        try (KeyValueStore server = KeyValueStore.serve(HOST, port, 2, TIMEOUT)) {
            client.join().close();
        }
    }

    @Test
    void waitingEndsWithTheKeyOrTheTimeout() {
        try (KeyValueStore store = KeyValueStore.inMemory(TIMEOUT)) {
            assertThatThrownBy(() -> store.await("late", SHORT))
                    .isInstanceOf(Ascend4jException.class)
                    .hasMessageContaining("imeout");
            CompletableFuture<Void> setter = CompletableFuture.runAsync(() -> store.set("late", "here"));
            assertThat(store.getText("late")).isEqualTo("here");
            setter.join();
            store.setTimeout(SHORT);
            assertThatThrownBy(() -> store.get("never")).isInstanceOf(Ascend4jException.class);
        }
    }

    @Test
    void prefixesSeparateTheirUsers() {
        try (KeyValueStore store = KeyValueStore.inMemory(TIMEOUT);
                KeyValueStore first = store.prefixed("first");
                KeyValueStore second = store.prefixed("second")) {
            first.set("key", "1");
            second.set("key", "2");
            assertThat(first.getText("key")).isEqualTo("1");
            assertThat(store.getText("second/key")).isEqualTo("2");
        }
    }

    @Test
    void aViewOutlivesTheStoreItCameFrom() {
        KeyValueStore store = KeyValueStore.inMemory(TIMEOUT);
        try (KeyValueStore view = store.prefixed("view")) {
            store.close();
            view.set("key", "1");
            assertThat(view.getText("key")).isEqualTo("1");
        }
    }

    @Test
    void aClosedStoreSaysSo() {
        KeyValueStore store = KeyValueStore.inMemory(TIMEOUT);
        store.close();
        store.close();
        String closed = "the store of the ranks expects to be open, found it closed";
        assertThatThrownBy(() -> store.contains("key"))
                .isInstanceOf(Ascend4jException.class)
                .hasMessage(closed);
        assertThatThrownBy(() -> store.prefixed("view"))
                .isInstanceOf(Ascend4jException.class)
                .hasMessage(closed);
        assertThatThrownBy(() -> NamedGroup.gloo("group", store, 0, 1, "lo", TIMEOUT))
                .isInstanceOf(Ascend4jException.class)
                .hasMessageEndingWith(closed);
    }

    @Test
    void closingDoesNotFreeAStoreUnderTheCallOfAnotherThread() throws Exception {
        try (KeyValueStore server = KeyValueStore.serve(HOST, 0, 0, TIMEOUT)) {
            KeyValueStore client = KeyValueStore.connect(HOST, server.port(), 0, TIMEOUT);
            FutureTask<String> waiting = new FutureTask<>(() -> client.getText("key"));
            Thread thread = new Thread(waiting);
            thread.start();
            // The call must have started: a store that is closed before the call is another case.
            while (thread.isAlive() && !calls(thread, "store_get")) {
                Thread.sleep(1);
            }
            client.close();
            server.set("key", "value");
            assertThat(waiting.get()).isEqualTo("value");
        }
    }

    private static boolean calls(Thread thread, String method) {
        return Arrays.stream(thread.getStackTrace())
                .anyMatch(frame -> frame.getMethodName().equals(method));
    }

    @Test
    void aPointerScopeDoesNotCloseAStore() {
        KeyValueStore store;
        try (PointerScope scope = new PointerScope()) {
            store = KeyValueStore.inMemory(TIMEOUT);
        }
        try (store) {
            assertThat(store.add("count", 2)).isEqualTo(2);
        }
    }

    @Test
    void onlyATcpStoreHasAPort() {
        try (KeyValueStore store = KeyValueStore.inMemory(TIMEOUT)) {
            assertThatThrownBy(store::port)
                    .isInstanceOf(Ascend4jException.class)
                    .hasMessageEndingWith("only a TCPStore has a port");
        }
    }

    @Test
    void aFileIsSharedAndDeletedByTheLastWorker(@TempDir Path folder) {
        Path file = folder.resolve("store");
        try (KeyValueStore first = KeyValueStore.file(file, 2, TIMEOUT)) {
            try (KeyValueStore second = KeyValueStore.file(file, 2, TIMEOUT)) {
                first.set("key", "value");
                assertThat(second.getText("key")).isEqualTo("value");
            }
            assertThat(Files.exists(file)).isTrue();
        }
        assertThat(Files.exists(file)).isFalse();
    }

    @Test
    void aFileOfAnyNumberOfWorkersIsLeft(@TempDir Path folder) {
        Path file = folder.resolve("store");
        KeyValueStore.file(file, KeyValueStore.ANY_NUMBER, TIMEOUT).close();
        try (KeyValueStore first = KeyValueStore.file(file, KeyValueStore.ANY_NUMBER, TIMEOUT);
                KeyValueStore second = KeyValueStore.file(file, KeyValueStore.ANY_NUMBER, TIMEOUT)) {
            second.set("key", "value");
            assertThat(first.getText("key")).isEqualTo("value");
        }
        assertThat(Files.exists(file)).isTrue();
    }

    @Test
    void closingAServerFreesItsPort() {
        int port;
        try (KeyValueStore server = KeyValueStore.serve(HOST, 0, 0, TIMEOUT)) {
            port = server.port();
        }
        assertThatThrownBy(() -> KeyValueStore.connect(HOST, port, 0, Duration.ofSeconds(1)))
                .isInstanceOf(Ascend4jException.class)
                .hasMessageContaining(String.valueOf(port));
    }

    @Test
    void aPortThatCannotBeIsRefused() {
        assertThatThrownBy(() -> KeyValueStore.connect(HOST, 65536, 0, SHORT))
                .isInstanceOf(Ascend4jException.class)
                .hasMessage("port expects 1 to 65535, found 65536");
    }
}

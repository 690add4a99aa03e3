package org.ascend4j.nativelib.distributed;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;
import org.ascend4j.Ascend4jException;
import org.ascend4j.nativelib.NativeLibrary;
import org.ascend4j.nativelib.jni.Ascend4jNative;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.pytorch.Store;

/**
 * A key-value store of c10d, through which the ranks of a group find each other.
 *
 * <p>The class is thread-safe. The store is c10d's own, so Python processes can be among the ranks; see <a
 * href="https://docs.pytorch.org/docs/2.7/distributed.html#distributed-key-value-store">torch.distributed</a>. Every failure, including a time-out, is an
 * {@link Ascend4jException}.
 */
public final class KeyValueStore implements AutoCloseable {
    /** The number of workers of a file store that any number of workers may use; the creator of its folder then deletes the file. */
    public static final int ANY_NUMBER = -1;

    private final Store store;
    private boolean closed;

    private KeyValueStore(Supplier<Store> opening) {
        NativeLibrary.load();
        store = checked(opening);
        // This object's own reference; a PointerScope in which it is created does not close it.
        store.retainReference();
    }

    /**
     * Serves a TCPStore from this process until it is closed.
     *
     * <p>It listens on all interfaces and requires no password; only the names of keys can be secret, see {@link #prefixed}.
     *
     * @param host the name or address at which the other workers reach this host
     * @param port the port, or 0 for a free one, see {@link #port}
     * @param workers the number of stores, including this one, to wait for; 0 to wait for none; every worker has to pass the same number
     * @param timeout the time-out of connecting and of every later wait
     */
    public static KeyValueStore serve(String host, int port, int workers, Duration timeout) {
        return tcp(host, port, true, workers, timeout);
    }

    /** Connects to the TCPStore that another process serves, or will serve before the time-out. The parameters are those of {@link #serve}. */
    public static KeyValueStore connect(String host, int port, int workers, Duration timeout) {
        return tcp(host, port, false, workers, timeout);
    }

    private static KeyValueStore tcp(String host, int port, boolean server, int workers, Duration timeout) {
        if (port < (server ? 0 : 1) || port > 65535) {
            throw new Ascend4jException("port expects 1 to 65535, found " + port);
        }
        try {
            return new KeyValueStore(() -> Ascend4jNative.tcp_store(host, port, server, workers, timeout.toMillis()));
        } catch (Ascend4jException e) {
            if (server && e.getMessage().contains("EADDRINUSE")) {
                throw new Ascend4jException(
                        "port " + port
                                + " expects to be free for the ranks to meet at, found it in use; set --master-port (or MASTER_PORT) to another",
                        e);
            }
            throw e;
        }
    }

    /**
     * Opens a FileStore, in a file that does not exist yet and that all workers can write.
     *
     * @param workers the number of workers, the last of which deletes the file; or {@link #ANY_NUMBER}
     * @param timeout the time-out of every wait
     */
    public static KeyValueStore file(Path file, int workers, Duration timeout) {
        String path = file.toAbsolutePath().toString();
        return new KeyValueStore(() -> Ascend4jNative.file_store(path, workers, timeout.toMillis()));
    }

    /** Opens a HashStore, which the threads of this process share. */
    public static KeyValueStore inMemory(Duration timeout) {
        return new KeyValueStore(() -> Ascend4jNative.hash_store(timeout.toMillis()));
    }

    /** Opens a view of this store in which every key starts with a prefix. It stays valid when this store is closed. */
    public KeyValueStore prefixed(String prefix) {
        return held(view -> new KeyValueStore(() -> Ascend4jNative.prefix_store(prefix, view)));
    }

    /** Returns the port of a TCPStore. */
    public int port() {
        return call(Ascend4jNative::tcp_store_port);
    }

    /** Sets a key. */
    public void set(String key, byte[] value) {
        // A pointer with an explicit length, because JavaCPP treats an empty array as a C string.
        try (BytePointer bytes = new BytePointer(value.length)) {
            bytes.put(value);
            call(held -> {
                Ascend4jNative.store_set(held, key, bytes);
                return null;
            });
        }
    }

    /** Sets a key to a text, encoded in UTF-8. */
    public void set(String key, String value) {
        set(key, value.getBytes(UTF_8));
    }

    /** Returns a key's value; waits for it until the time-out. */
    public byte[] get(String key) {
        try (BytePointer bytes = call(held -> Ascend4jNative.store_get(held, key))) {
            if (bytes == null) { // JavaCPP's representation of an empty vector
                return new byte[0];
            }
            byte[] value = new byte[Math.toIntExact(bytes.limit())];
            bytes.get(value);
            return value;
        }
    }

    /** Returns a key's value as a text, decoded from UTF-8; waits for it until the time-out. */
    public String getText(String key) {
        return new String(get(key), UTF_8);
    }

    /** Adds an amount to a counter, which starts from 0, and returns the sum. */
    public long add(String key, long amount) {
        return call(held -> Ascend4jNative.store_add(held, key, amount));
    }

    /** Returns whether a key is set. */
    public boolean contains(String key) {
        return call(held -> Ascend4jNative.store_check(held, key));
    }

    /** Deletes a key and returns whether it was set; a file store does not support this. */
    public boolean delete(String key) {
        return call(held -> Ascend4jNative.store_delete(held, key));
    }

    /** Waits until a key is set. */
    public void await(String key, Duration timeout) {
        call(held -> {
            Ascend4jNative.store_wait(held, key, timeout.toMillis());
            return null;
        });
    }

    /** Sets the time-out of later waits. */
    public void setTimeout(Duration timeout) {
        call(held -> {
            Ascend4jNative.store_set_timeout(held, timeout.toMillis());
            return null;
        });
    }

    /** Releases this object's reference to the store; a group that uses it, and a call on another thread, keep theirs. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            store.releaseReference();
        }
    }

    private <T> T call(Function<Store, T> body) {
        return held(store -> checked(() -> body.apply(store)));
    }

    /** Calls c10d with a separate reference for the call, so that a thread which closes the store does not free it during the call. */
    <T> T held(Function<Store, T> body) {
        synchronized (this) {
            if (closed) {
                throw new Ascend4jException("the store of the ranks expects to be open, found it closed");
            }
            store.retainReference();
        }
        try {
            return body.apply(store);
        } finally {
            synchronized (this) {
                store.releaseReference();
            }
        }
    }

    private static <T> T checked(Supplier<T> call) {
        try {
            return call.get();
        } catch (RuntimeException e) {
            throw new Ascend4jException("the store of the ranks failed: " + e.getMessage(), e);
        }
    }
}

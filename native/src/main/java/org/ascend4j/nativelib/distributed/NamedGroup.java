package org.ascend4j.nativelib.distributed;

import java.time.Duration;
import org.ascend4j.Ascend4jException;
import org.ascend4j.nativelib.NativeLibrary;
import org.ascend4j.nativelib.jni.Ascend4jNative;
import org.bytedeco.pytorch.ProcessGroup;

/**
 * A process group that operators such as {@code _c10d_functional::all_reduce_} find by its name, until it is closed.
 *
 * @see <a href="https://github.com/pytorch/pytorch/blob/v2.7.1/torch/csrc/distributed/c10d/GroupRegistry.hpp">c10d's registry of groups</a>
 */
public final class NamedGroup implements AutoCloseable {
    private final String name;
    private final ProcessGroup group;

    private NamedGroup(String name, ProcessGroup group) {
        this.name = name;
        this.group = group;
        // This object's own reference; a PointerScope in which it is created does not close it.
        group.retainReference();
    }

    /**
     * Connects the ranks with gloo, for tensors on the CPU. All ranks must call this method; it returns when they are connected.
     *
     * @param name the group's name, equal on all ranks and new in this process
     * @param store the store through which the ranks connect; no other group may use its keys, see {@link KeyValueStore#prefixed}
     * @param rank this process's rank, from 0
     * @param size the number of ranks
     * @param networkInterface the interface to use, such as {@code eth0}; empty for the one of this host's name
     * @param timeout the time-out of connecting and of each collective
     */
    public static NamedGroup gloo(
            String name, KeyValueStore store, int rank, int size, String networkInterface, Duration timeout) {
        NativeLibrary.load();
        if (rank < 0 || rank >= size) {
            throw new Ascend4jException(
                    "rank expects 0 to " + (size - 1) + " in a group of " + size + ", found " + rank);
        }
        try {
            return store.held(held -> new NamedGroup(
                    name, Ascend4jNative.gloo_group(name, held, rank, size, networkInterface, timeout.toMillis())));
        } catch (RuntimeException e) {
            throw new Ascend4jException(
                    "rank " + rank + " of " + size + " cannot join the group '" + name + "': " + e.getMessage(), e);
        }
    }

    /** Returns the name to pass to the operators. */
    public String name() {
        return name;
    }

    /** Returns the presets' view of the group; this object keeps ownership. */
    public ProcessGroup group() {
        return group;
    }

    /** Unregisters the name and leaves the group. */
    @Override
    public void close() {
        if (!group.isNull()) {
            Ascend4jNative.unregister_group(name);
            group.close();
        }
    }
}

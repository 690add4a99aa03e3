package org.ascend4j.state;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.util.HashMap;
import java.util.Map;
import org.ascend4j.Printable;
import org.ascend4j.pickle.PickleException;
import org.ascend4j.pickle.PickleInput;
import org.ascend4j.pickle.PickledDict;
import org.ascend4j.pickle.PickledList;
import org.ascend4j.pickle.PickledValue;
import org.ascend4j.pickle.Unpickler;

/**
 * Reads the format of torch.save before torch 1.6: pickles of a magic number, a protocol version, the machine, the object and the names of its storages, then
 * for each storage the number of its elements and their bytes.
 */
final class PtLegacy {
    private static final BigInteger MAGIC = new BigInteger("1950a86a20f9469cfc6c", 16);
    private static final Long PROTOCOL = 1001L;
    private static final int LONGEST_PICKLES = 1 << 26;

    private final FileChannel channel;
    private final TorchPickle context = new TorchPickle();
    private final Map<String, Long> places = new HashMap<>();

    PtLegacy(FileChannel channel) {
        this.channel = channel;
    }

    /** Returns the state dict; its tensors are in the caller's scope. */
    StateDict read() throws IOException {
        long fileBytes = channel.size();
        PickleInput in = new PickleInput(
                new BufferedInputStream(Channels.newInputStream(channel)), Math.min(fileBytes, LONGEST_PICKLES));
        if (!MAGIC.equals(Unpickler.read(in, context))) {
            throw new PickleException("it is no file of torch: the magic number is missing");
        }
        Object protocol = Unpickler.read(in, context);
        if (!PROTOCOL.equals(protocol)) {
            throw new PickleException(
                    "it expects torch's protocol " + PROTOCOL + ", found " + PickledValue.kind(protocol));
        }
        if (!(Unpickler.read(in, context) instanceof PickledDict machine
                && Boolean.TRUE.equals(machine.get("little_endian")))) {
            throw new PickleException("it expects byte order little, found another");
        }
        Object root = Unpickler.read(in, context);
        if (!(Unpickler.read(in, context) instanceof PickledList keys)) {
            throw new PickleException("it expects the names of its storages, found none");
        }
        place(keys, in.position());
        StorageViews views =
                new StorageViews((storage, whole) -> HostTensors.read(whole, channel, place(storage.key())), fileBytes);
        return views.of(StateNames.withoutWrappers(TorchObject.stateDict(root)));
    }

    /** Determines where the elements of each storage begin. */
    private void place(PickledList keys, long start) throws IOException {
        long at = start;
        ByteBuffer count = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < keys.size(); i++) {
            String key = keys.text(i);
            Storage storage = context.storage(key);
            if (storage == null || places.put(key, at + Long.BYTES) != null) {
                throw new PickleException("it names the storage " + Printable.of(key) + " without need");
            }
            HostTensors.readFully(channel, count.clear(), at);
            if (count.getLong(0) != storage.elements()) {
                throw new PickleException("it expects " + storage.elements() + " elements in storage "
                        + Printable.of(key) + ", found " + count.getLong(0));
            }
            if (storage.bytes() > channel.size() - at - Long.BYTES) {
                throw new PickleException("it ends early: storage " + Printable.of(key) + " expects " + storage.bytes()
                        + " bytes, found " + (channel.size() - at - Long.BYTES));
            }
            at += Long.BYTES + storage.bytes();
        }
    }

    private long place(String key) {
        Long place = places.get(key);
        if (place == null) {
            throw new PickleException("it expects a storage " + Printable.of(key) + ", found none");
        }
        return place;
    }
}

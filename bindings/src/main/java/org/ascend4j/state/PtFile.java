package org.ascend4j.state;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.ascend4j.Ascend4jException;
import org.ascend4j.FileErrors;
import org.ascend4j.state.PickledTensors.Storage;
import org.ascend4j.state.PickledTensors.StridedTensor;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Tensor;

/**
 * State dicts in torch.save's zip container: what {@code torch.save(model.state_dict(), f)} writes and {@code torch.load(f, weights_only=True)} reads.
 *
 * <p>Reading runs no code: a file with anything but tensors and plain data is refused.
 */
public final class PtFile {
    private static final String RESAVE = "expected a state dict, save it with torch.save(model.state_dict(), file)";
    private static final List<String> WRAPPERS = List.of("state_dict", "model_state_dict", "model", "net");
    private static final String PARALLEL = "module.";
    private static final int MAX_PICKLE = 1 << 28;

    private PtFile() {}

    /** Writes tensors of any device and strides as an OrderedDict of contiguous CPU tensors, atomically. */
    public static void write(Path file, StateDict tensors) {
        AtomicFile.write(file, channel -> write(channel, tensors.entries()));
    }

    private static void write(FileChannel channel, Map<String, Tensor> tensors) throws IOException {
        try (PtArchive archive = new PtArchive(channel)) {
            archive.add("data.pkl", TensorPickler.pickle(tensors));
            archive.add(".format_version", "1");
            archive.add(".storage_alignment", String.valueOf(PtArchive.ALIGNMENT));
            archive.add("byteorder", "little");
            int key = 0;
            for (Tensor tensor : tensors.values()) {
                try (PointerScope scope = new PointerScope()) {
                    archive.add("data/" + key++, HostTensors.rowMajor(tensor));
                }
            }
            archive.add("version", "3\n");
            archive.add(".data/serialization_id", archive.serializationId());
        }
    }

    /**
     * Reads a state dict, also inside a dict under {@code state_dict} or {@code model}, and without DataParallel's {@code module.} prefix.
     *
     * @return host tensors in the caller's scope, with the strides and the sharing that they were saved with
     */
    public static StateDict read(Path file) {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            return new Reader(file, zip).read();
        } catch (ZipException e) {
            throw new Ascend4jException(file + " is not a whole torch file: " + e.getMessage(), e);
        } catch (IOException e) {
            throw FileErrors.cannotRead(file, e);
        }
    }

    /** One file being read. */
    private record Reader(Path file, ZipFile zip, String folder, Map<String, Tensor> storages) {
        Reader(Path file, ZipFile zip) {
            this(file, zip, folder(file, zip), new HashMap<>());
        }

        /** Returns the folder that all records lie in. */
        private static String folder(Path file, ZipFile zip) {
            return zip.stream()
                    .map(ZipEntry::getName)
                    .filter(name -> name.endsWith("/data.pkl"))
                    .map(name -> name.substring(0, name.length() - "data.pkl".length()))
                    .findFirst()
                    .orElseThrow(() -> new Ascend4jException(file + " is a zip file without data.pkl: " + RESAVE));
        }

        StateDict read() throws IOException {
            ZipEntry byteOrder = zip.getEntry(folder + "byteorder");
            if (byteOrder != null && !new String(bytes(byteOrder)).equals("little")) {
                throw new Ascend4jException(file + " expects byte order little, found " + new String(bytes(byteOrder)));
            }
            StateDict dict = new StateDict();
            Map<String, StridedTensor> tensors = withoutPrefix(stateDict(unpickle()));
            for (Map.Entry<String, StridedTensor> entry : tensors.entrySet()) {
                dict.put(entry.getKey(), view(entry.getValue()));
            }
            return dict;
        }

        private Object unpickle() throws IOException {
            byte[] pickle = bytes(record("data.pkl"));
            try {
                return new PickledTensors().load(new ByteArrayInputStream(pickle));
            } catch (RuntimeException e) {
                throw new Ascend4jException(file + " cannot be read safely: " + e.getMessage() + "; " + RESAVE, e);
            }
        }

        private Map<String, StridedTensor> stateDict(Object root) {
            if (!(root instanceof Map<?, ?> map)) {
                throw new Ascend4jException(file + " holds no dict: " + RESAVE);
            }
            Map<String, StridedTensor> tensors = tensors(map);
            for (String wrapper : WRAPPERS) {
                if (tensors.isEmpty() && map.get(wrapper) instanceof Map<?, ?> inner) {
                    tensors = tensors(inner);
                }
            }
            if (tensors.isEmpty() && !map.isEmpty()) {
                throw new Ascend4jException(file + " holds no tensors but " + map.keySet() + ": " + RESAVE);
            }
            return tensors;
        }

        private static Map<String, StridedTensor> tensors(Map<?, ?> map) {
            Map<String, StridedTensor> tensors = new LinkedHashMap<>();
            map.forEach((name, value) -> {
                if (value instanceof StridedTensor tensor) {
                    tensors.put(String.valueOf(name), tensor);
                }
            });
            return tensors;
        }

        private static Map<String, StridedTensor> withoutPrefix(Map<String, StridedTensor> tensors) {
            if (!tensors.keySet().stream().allMatch(name -> name.startsWith(PARALLEL))) {
                return tensors;
            }
            Map<String, StridedTensor> stripped = new LinkedHashMap<>();
            tensors.forEach((name, tensor) -> stripped.put(name.substring(PARALLEL.length()), tensor));
            return stripped;
        }

        private Tensor view(StridedTensor tensor) throws IOException {
            Storage storage = tensor.storage();
            Tensor whole = storages.get(storage.key());
            if (whole == null) {
                whole = load(storage);
                storages.put(storage.key(), whole);
            }
            try (LongOptional offset = new LongOptional(tensor.offset())) {
                return whole.as_strided(tensor.shape(), tensor.strides(), offset);
            }
        }

        private Tensor load(Storage storage) throws IOException {
            ZipEntry entry = record("data/" + storage.key());
            long expected = storage.elements() * storage.type().bytes();
            // A stored record cannot claim more than the file holds, so the size may be trusted.
            if (entry.getMethod() != ZipEntry.STORED || storage.elements() < 0 || entry.getSize() != expected) {
                throw new Ascend4jException(file + " expects " + expected + " stored bytes in record " + entry.getName()
                        + ", found " + entry.getSize());
            }
            Tensor whole = HostTensors.empty(storage.type(), new long[] {storage.elements()});
            CheckedInputStream in = new CheckedInputStream(zip.getInputStream(entry), new CRC32());
            byte[] buffer = new byte[1 << 16];
            HostTensors.forEachChunk(whole, (chunk, at) -> {
                while (chunk.hasRemaining()) {
                    int length = in.read(buffer, 0, Math.min(buffer.length, chunk.remaining()));
                    if (length < 0) {
                        throw new EOFException("record " + entry.getName() + " ended early");
                    }
                    chunk.put(buffer, 0, length);
                }
            });
            check(entry, in.getChecksum().getValue());
            return whole;
        }

        private ZipEntry record(String name) {
            ZipEntry entry = zip.getEntry(folder + name);
            if (entry == null) {
                throw new Ascend4jException(file + " expects a record " + folder + name + ", found none");
            }
            return entry;
        }

        private byte[] bytes(ZipEntry entry) throws IOException {
            if (entry.getSize() > MAX_PICKLE) {
                throw new Ascend4jException(file + " expects record " + entry.getName() + " to have at most "
                        + MAX_PICKLE + " bytes, found " + entry.getSize());
            }
            try (InputStream in = zip.getInputStream(entry)) {
                byte[] bytes = in.readNBytes(MAX_PICKLE);
                CRC32 crc = new CRC32();
                crc.update(bytes);
                check(entry, crc.getValue());
                return bytes;
            }
        }

        private void check(ZipEntry entry, long crc) {
            if (entry.getCrc() != crc) {
                throw new Ascend4jException(file + " is damaged: record " + entry.getName() + " expects CRC-32 "
                        + Long.toHexString(entry.getCrc()) + ", found " + Long.toHexString(crc));
            }
        }
    }
}

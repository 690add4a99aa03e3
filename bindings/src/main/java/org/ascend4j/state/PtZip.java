package org.ascend4j.state;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.ascend4j.Printable;
import org.ascend4j.pickle.PickleException;
import org.ascend4j.pickle.PickleInput;
import org.ascend4j.pickle.Unpickler;
import org.bytedeco.pytorch.Tensor;

/** Reads the zip container of torch.save since torch 1.6: one pickle, and an uncompressed record for each storage. */
final class PtZip implements AutoCloseable {
    private static final String PICKLE = "data.pkl";
    private static final int LONGEST_PICKLE = 1 << 26;
    private static final int LONGEST_BYTE_ORDER = 16;

    private final ZipFile zip;
    private final long fileBytes;
    private final Map<String, ZipEntry> records = new HashMap<>();

    PtZip(Path file) throws IOException {
        zip = new ZipFile(file.toFile());
        fileBytes = Files.size(file);
    }

    /** Returns the state dict; its tensors are in the caller's scope. */
    StateDict read() throws IOException {
        try {
            zip.stream().forEach(this::add);
        } catch (IllegalArgumentException e) {
            // The JDK checks fewer names when it opens a file than when it lists them.
            throw new PickleException("it holds a record whose name is not UTF-8");
        }
        String folder = folder();
        if (records.containsKey(folder + "constants.pkl")) {
            throw new PickleException("it holds a TorchScript module");
        }
        ZipEntry byteOrder = records.get(folder + "byteorder");
        if (byteOrder != null) {
            String order = new String(bytes(byteOrder, LONGEST_BYTE_ORDER), StandardCharsets.US_ASCII);
            if (!order.equals("little")) {
                throw new PickleException("it expects byte order little, found " + Printable.of(order));
            }
        }
        byte[] pickle = bytes(records.get(folder + PICKLE), LONGEST_PICKLE);
        Object root =
                Unpickler.read(new PickleInput(new ByteArrayInputStream(pickle), pickle.length), new TorchPickle());
        StorageViews views =
                new StorageViews((storage, whole) -> fill(record(folder + "data/" + storage.key()), whole), fileBytes);
        return views.of(StateNames.withoutWrappers(TorchObject.stateDict(root)));
    }

    private void add(ZipEntry entry) {
        if (records.put(entry.getName(), entry) != null) {
            throw new PickleException("it holds two records " + Printable.of(entry.getName()));
        }
    }

    /** Returns the folder that contains all records. */
    private String folder() {
        List<String> pickles = records.keySet().stream()
                .filter(name -> name.endsWith("/" + PICKLE))
                .toList();
        if (pickles.size() != 1) {
            throw new PickleException("it is a zip file with " + pickles.size() + " records " + PICKLE);
        }
        return pickles.get(0).substring(0, pickles.get(0).length() - PICKLE.length());
    }

    private ZipEntry record(String name) {
        ZipEntry entry = records.get(name);
        if (entry == null) {
            throw new PickleException("it expects a record " + Printable.of(name) + ", found none");
        }
        return entry;
    }

    private InputStream stored(ZipEntry entry) throws IOException {
        if (entry.getMethod() != ZipEntry.STORED) {
            throw new PickleException(
                    "it expects stored records, found that " + Printable.of(entry.getName()) + " is compressed");
        }
        return zip.getInputStream(entry);
    }

    private byte[] bytes(ZipEntry entry, int most) throws IOException {
        long size = entry.getSize();
        if (size < 0 || size > Math.min(most, fileBytes)) {
            throw new PickleException("it expects at most " + Math.min(most, fileBytes) + " bytes in record "
                    + Printable.of(entry.getName()) + ", found " + size);
        }
        try (InputStream in = stored(entry)) {
            byte[] bytes = in.readNBytes((int) size);
            CRC32 crc = new CRC32();
            crc.update(bytes);
            check(entry, crc.getValue());
            return bytes;
        }
    }

    private void fill(ZipEntry entry, Tensor whole) throws IOException {
        if (entry.getSize() != whole.nbytes()) {
            throw new PickleException("it expects " + whole.nbytes() + " bytes in record "
                    + Printable.of(entry.getName()) + ", found " + entry.getSize());
        }
        CheckedInputStream in = new CheckedInputStream(new BufferedInputStream(stored(entry)), new CRC32());
        byte[] buffer = new byte[1 << 16];
        HostTensors.forEachChunk(whole, (chunk, at) -> {
            while (chunk.hasRemaining()) {
                int length = in.read(buffer, 0, Math.min(buffer.length, chunk.remaining()));
                if (length < 0) {
                    throw new EOFException("record " + Printable.of(entry.getName()) + " ended early");
                }
                chunk.put(buffer, 0, length);
            }
        });
        check(entry, in.getChecksum().getValue());
    }

    private static void check(ZipEntry entry, long crc) {
        if (entry.getCrc() != crc) {
            throw new PickleException("it is damaged: record " + Printable.of(entry.getName()) + " expects CRC-32 "
                    + Long.toHexString(entry.getCrc()) + ", found " + Long.toHexString(crc));
        }
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}

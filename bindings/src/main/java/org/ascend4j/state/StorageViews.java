package org.ascend4j.state;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.ascend4j.pickle.PickleException;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Tensor;

/** Creates the tensors of a torch file: each storage is read once, and tensors that shared a storage share it again. */
final class StorageViews {
    /** Fills tensors with the bytes of storages. */
    @FunctionalInterface
    interface Source {
        /** Fills a host tensor, which has the storage's type and number of elements. */
        void read(Storage storage, Tensor whole) throws IOException;
    }

    private final Source source;
    private final Map<String, Tensor> storages = new HashMap<>();
    private long bytesLeft;

    /**
     * Creates a reader for the storages of a file.
     *
     * @param fileBytes the length of the file, which is the limit for the total size of all storages
     */
    StorageViews(Source source, long fileBytes) {
        this.source = source;
        bytesLeft = fileBytes;
    }

    /** Returns tensors in the order of the file, in the caller's scope. */
    StateDict of(Map<String, StridedTensor> tensors) throws IOException {
        StateDict dict = new StateDict();
        for (Map.Entry<String, StridedTensor> entry : tensors.entrySet()) {
            dict.put(entry.getKey(), view(entry.getValue()));
        }
        return dict;
    }

    private Tensor view(StridedTensor tensor) throws IOException {
        Storage storage = tensor.storage();
        Tensor whole = storages.get(storage.key());
        if (whole == null) {
            whole = read(storage);
            storages.put(storage.key(), whole);
        }
        Tensor typed = tensor.type() == storage.type()
                ? whole
                : whole.view(tensor.type().scalarType());
        try (LongOptional offset = new LongOptional(tensor.firstElement())) {
            return typed.as_strided(tensor.shape(), tensor.strides(), offset);
        }
    }

    private Tensor read(Storage storage) throws IOException {
        if (storage.bytes() > bytesLeft) {
            throw new PickleException("it holds storages with more bytes than the file has");
        }
        bytesLeft -= storage.bytes();
        Tensor whole = HostTensors.empty(storage.type(), new long[] {storage.elements()});
        source.read(storage, whole);
        return whole;
    }
}

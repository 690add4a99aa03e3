package org.ascend4j.distributed;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** Broadcasts tensors in few flat buffers, one after the other for each device and element type, because each broadcast costs a round trip of its own. */
final class FlatBroadcast {
    /** The size of a buffer: that of DistributedDataParallel's initial broadcast ({@code broadcast_bucket_size}). */
    private static final long BUFFER_BYTES = 250L << 20;

    private final Consumer<Tensor> broadcast;
    private final long bufferBytes;

    /**
     * Makes a broadcast of tensors from one of flat tensors.
     *
     * @param broadcast replaces a contiguous tensor with that of rank 0
     */
    FlatBroadcast(Consumer<Tensor> broadcast) {
        this(broadcast, BUFFER_BYTES);
    }

    FlatBroadcast(Consumer<Tensor> broadcast, long bufferBytes) {
        this.broadcast = broadcast;
        this.bufferBytes = bufferBytes;
    }

    /** Replaces tensors of any devices, types and strides with those of rank 0; every rank must pass tensors of the same shapes and types in the same order. */
    void all(Collection<Tensor> tensors) {
        Map<String, List<Tensor>> alike = new LinkedHashMap<>();
        for (Tensor tensor : tensors) {
            String kind = tensor.device().str().getString() + " " + tensor.scalar_type();
            alike.computeIfAbsent(kind, key -> new ArrayList<>()).add(tensor);
        }
        alike.values().forEach(this::inBuffers);
    }

    private void inBuffers(List<Tensor> tensors) {
        int first = 0;
        long bytes = 0;
        for (int i = 0; i < tensors.size(); i++) {
            long more = tensors.get(i).nbytes();
            if (i > first && bytes + more > bufferBytes) {
                inOneBuffer(tensors.subList(first, i));
                first = i;
                bytes = 0;
            }
            bytes += more;
        }
        inOneBuffer(tensors.subList(first, tensors.size()));
    }

    private void inOneBuffer(List<Tensor> tensors) {
        try (PointerScope scope = new PointerScope();
                NoGradGuard noGrad = new NoGradGuard()) {
            Tensor[] parts = tensors.stream().map(tensor -> tensor.reshape(-1)).toArray(Tensor[]::new);
            Tensor flat = torch.cat(new TensorVector(parts), 0);
            broadcast.accept(flat);
            long offset = 0;
            for (Tensor tensor : tensors) {
                long length = tensor.numel();
                tensor.copy_(flat.narrow(0, offset, length).reshape(tensor.shape()));
                offset += length;
            }
        }
    }
}

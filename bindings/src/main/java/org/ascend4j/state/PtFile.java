package org.ascend4j.state;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Map;
import org.ascend4j.pickle.Opcodes;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/**
 * State dicts in torch.save's formats. Files are written in the zip container, as {@code torch.save(model.state_dict(), f)} does, and can be read by
 * {@code torch.load(f, weights_only=True)}.
 *
 * <p>Reading runs no code: a file with anything but tensors and plain data is rejected.
 *
 * @since 0.1.0
 */
public final class PtFile {
    private PtFile() {}

    /** Writes tensors of any device and strides atomically, as an OrderedDict of contiguous CPU tensors. */
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
     * Reads a state dict in the zip container or in the format before torch 1.6. It may be inside a checkpoint, under {@code state_dict}, {@code model} and the
     * like; the name prefixes of DataParallel, {@code torch.compile}, averaged models and Lightning are removed.
     *
     * @return host tensors in the caller's scope, with their saved strides and sharing of memory
     */
    public static StateDict read(Path file) {
        return GuardedReading.of(file, () -> {
            try (FileChannel channel = FileChannel.open(file)) {
                ByteBuffer first = ByteBuffer.allocate(1);
                channel.read(first, 0);
                if ((first.get(0) & 0xff) == Opcodes.PROTO) {
                    return new PtLegacy(channel).read();
                }
            }
            try (PtZip zip = new PtZip(file)) {
                return zip.read();
            }
        });
    }
}

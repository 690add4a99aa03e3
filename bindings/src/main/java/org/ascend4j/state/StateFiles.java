package org.ascend4j.state;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import org.ascend4j.Ascend4jException;
import org.ascend4j.FileErrors;
import org.ascend4j.pickle.Opcodes;

/**
 * Reads and writes state dicts; the content determines the format for reading, and the file's name for writing.
 *
 * @since 0.1.0
 */
public final class StateFiles {
    private static final byte[] TAR = {'u', 's', 't', 'a', 'r'};
    private static final int TAR_AT = 257;

    private StateFiles() {}

    /**
     * Reads a {@code .pt} or {@code .safetensors} file, or the safetensors files of an index. The tensors are on the host, in the caller's scope, under the
     * names of the model itself ({@link PtFile#read}).
     */
    public static StateDict read(Path file) {
        byte[] start;
        try (InputStream in = Files.newInputStream(file)) {
            start = in.readNBytes(TAR_AT + TAR.length);
        } catch (IOException e) {
            throw FileErrors.cannotRead(file, e);
        }
        if (file.toString().endsWith(ShardedSafetensors.ENDING)) {
            return unwrapped(ShardedSafetensors.read(file));
        }
        // Before the others: the header's length comes first, so any byte can be the first one.
        if (start.length > Long.BYTES && start[Long.BYTES] == '{') {
            return unwrapped(SafetensorsFile.read(file).tensors());
        }
        if (start.length > 1 && start[0] == 'P' && start[1] == 'K'
                || start.length > 0 && (start[0] & 0xff) == Opcodes.PROTO) {
            return PtFile.read(file);
        }
        if (start.length == TAR_AT + TAR.length && Arrays.equals(start, TAR_AT, start.length, TAR, 0, TAR.length)) {
            throw new Ascend4jException(
                    file + " is a tar archive, perhaps in torch's format from before 0.2: load it in"
                            + " Python and save it again with torch.save(state_dict, file)");
        }
        throw new Ascend4jException(file + " expects torch.save's format or safetensors, found neither");
    }

    private static StateDict unwrapped(StateDict tensors) {
        StateDict inner = new StateDict();
        StateNames.withoutWrappers(tensors.entries()).forEach(inner::put);
        return inner;
    }

    /** Writes a file atomically; {@code .pt}, {@code .pth} and {@code .bin} select torch's format, which has no metadata. */
    public static void write(Path file, StateDict tensors, Map<String, String> metadata) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        if (name.endsWith(".safetensors")) {
            SafetensorsFile.write(file, tensors, metadata);
        } else if (name.endsWith(".pt") || name.endsWith(".pth") || name.endsWith(".bin")) {
            PtFile.write(file, tensors);
        } else {
            throw new Ascend4jException(
                    "a state file expects the ending .pt, .pth, .bin or .safetensors, found " + file.getFileName());
        }
    }
}

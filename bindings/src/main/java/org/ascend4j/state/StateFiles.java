package org.ascend4j.state;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.ascend4j.Ascend4jException;
import org.ascend4j.FileErrors;

/** Reads and writes state dicts in the format at hand: by content when reading, by the file's name when writing. */
public final class StateFiles {
    private static final int PICKLE_PROTO = 0x80;

    private StateFiles() {}

    /** Reads a {@code .pt} or {@code .safetensors} file; the tensors are on the host, in the caller's scope. */
    public static StateDict read(Path file) {
        byte[] start;
        try (InputStream in = Files.newInputStream(file)) {
            start = in.readNBytes(Long.BYTES + 1);
        } catch (IOException e) {
            throw FileErrors.cannotRead(file, e);
        }
        if (start.length > 1 && start[0] == 'P' && start[1] == 'K') {
            return PtFile.read(file);
        }
        if (start.length > Long.BYTES && start[Long.BYTES] == '{') {
            return SafetensorsFile.read(file).tensors();
        }
        if (start.length > 0 && (start[0] & 0xff) == PICKLE_PROTO) {
            throw new Ascend4jException(file + " is in torch's format from before 1.6: load it in Python and save it"
                    + " again with torch.save(state_dict, file)");
        }
        throw new Ascend4jException(file + " expects torch.save's zip format or safetensors, found neither");
    }

    /** Writes atomically; {@code .pt}, {@code .pth} and {@code .bin} are torch's, which hold no metadata. */
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

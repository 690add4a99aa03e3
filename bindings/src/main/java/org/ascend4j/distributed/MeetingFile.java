package org.ascend4j.distributed;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.ascend4j.Ascend4jException;

/**
 * A file through which the ranks of one host find each other: c10d's FileStore in a folder that only this user can access.
 *
 * <p>A TCPStore would listen on all interfaces without authentication.
 *
 * @since 0.1.0
 */
public final class MeetingFile implements AutoCloseable {
    static final String VARIABLE = "ASCEND4J_MEETING_FILE";

    private final Path folder;

    private MeetingFile(Path folder) {
        this.folder = folder;
    }

    /** Creates the folder; the store creates its file. */
    public static MeetingFile create() {
        try {
            Path folder = Files.createTempDirectory("ascend4j-ranks-");
            MeetingFile meeting = new MeetingFile(folder);
            // For a launcher that a signal ends. Deletion runs in reverse order.
            folder.toFile().deleteOnExit();
            meeting.file().deleteOnExit();
            return meeting;
        } catch (IOException e) {
            throw new Ascend4jException(
                    "several ranks expect a temporary folder to find each other in, found none that can be written: "
                            + e.getMessage() + "; set TMPDIR",
                    e);
        }
    }

    private File file() {
        return folder.resolve("store").toFile();
    }

    /** Returns the environment variables to pass to a rank's process. */
    public Map<String, String> environment() {
        return Map.of(VARIABLE, file().getAbsolutePath());
    }

    /** Deletes the file and its folder. */
    @Override
    public void close() {
        file().delete();
        folder.toFile().delete();
    }
}

package org.ascend4j.trainer.engine;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.ascend4j.Ascend4jException;
import org.ascend4j.FileErrors;
import org.ascend4j.state.AtomicFile;
import org.ascend4j.trainer.checkpoint.CheckpointFolder;
import org.ascend4j.trainer.report.RunFolder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The output folder of a run. It is created if missing, used by one run at a time, and never overwrites another run's results.
 *
 * @since 0.1.0
 */
public final class OutputFolder implements AutoCloseable {
    /** File with one line for each step and epoch. */
    public static final String METRICS = RunFolder.METRICS;

    /** File with the settings, versions and machine. */
    public static final String RUN = RunFolder.RUN;

    /** File with the final weights, for Python. */
    public static final String MODEL_PT = "model.pt";

    /** File with the final weights, in a format for all programs. */
    public static final String MODEL_SAFETENSORS = "model.safetensors";

    /** Folder with TensorBoard's event files. */
    public static final String TENSORBOARD = "tensorboard";

    /** File with the time of a few steps by phase and operator. */
    public static final String PROFILE = "profile.json";

    private static final Logger LOG = LoggerFactory.getLogger(OutputFolder.class);

    private static final List<String> RESULTS = List.of(
            CheckpointFolder.LAST,
            CheckpointFolder.PREVIOUS,
            CheckpointFolder.BEST,
            MODEL_SAFETENSORS,
            MODEL_PT,
            METRICS,
            RunFolder.EVALUATION,
            RunFolder.REPORT,
            RunFolder.SAMPLE,
            TENSORBOARD,
            RUN,
            PROFILE);

    private final Path folder;
    private final FileChannel channel;

    private OutputFolder(Path folder, FileChannel channel) {
        this.folder = folder;
        this.channel = channel;
    }

    /** Creates the folder if necessary, locks it for this run and deletes incomplete files of runs that were killed. */
    public static OutputFolder open(Path folder) {
        try {
            Files.createDirectories(folder);
            FileChannel channel =
                    FileChannel.open(folder.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            try {
                lock(folder, channel);
                AtomicFile.deleteLeftovers(folder, RESULTS);
            } catch (Ascend4jException | IOException e) {
                channel.close();
                throw e;
            }
            return new OutputFolder(folder, channel);
        } catch (IOException e) {
            throw new Ascend4jException(
                    "output folder " + folder + " cannot be written: " + FileErrors.reason(e)
                            + "; set --output to a writable folder",
                    e);
        }
    }

    /** Locks the folder until the channel is closed. Some network storage does not support locks; the run then trains without one. */
    static void lock(Path folder, FileChannel channel) {
        if (!tryLock(folder, channel)) {
            throw new Ascend4jException("output folder " + folder
                    + " expects one run at a time, found another one writing to it; set --output to another folder");
        }
    }

    private static boolean tryLock(Path folder, FileChannel channel) {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        } catch (IOException e) {
            LOG.warn(
                    "The output folder {} cannot be locked ({}): let no other run write to it.",
                    folder,
                    FileErrors.reason(e));
            return true;
        }
    }

    /** Returns the folder. */
    public Path path() {
        return folder;
    }

    /** Returns whether a file is in this folder. */
    boolean holds(Path file) {
        return folder.toAbsolutePath()
                .normalize()
                .equals(file.toAbsolutePath().normalize().getParent());
    }

    /** Moves an earlier run's results into a new sub-folder and returns that; null if there were none. */
    Path setAside() {
        if (RESULTS.stream().noneMatch(name -> Files.exists(folder.resolve(name)))) {
            return null;
        }
        try {
            int number = 1;
            while (Files.exists(folder.resolve("previous-" + number))) {
                number++;
            }
            Path previous = Files.createDirectory(folder.resolve("previous-" + number));
            for (String name : RESULTS) {
                Path file = folder.resolve(name);
                if (Files.exists(file)) {
                    Files.move(file, previous.resolve(name));
                }
            }
            return previous;
        } catch (IOException e) {
            throw new Ascend4jException(
                    "output folder " + folder + " holds an earlier run that cannot be moved aside: "
                            + FileErrors.reason(e),
                    e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new Ascend4jException("output folder " + folder + " cannot be unlocked: " + FileErrors.reason(e), e);
        }
    }
}

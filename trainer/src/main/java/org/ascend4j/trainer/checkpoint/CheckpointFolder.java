package org.ascend4j.trainer.checkpoint;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.ascend4j.Ascend4jException;
import org.ascend4j.state.DamagedCheckpointException;
import org.bytedeco.javacpp.PointerScope;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The checkpoints in a run's folder.
 *
 * @param folder the folder
 * @since 0.1.0
 */
public record CheckpointFolder(Path folder) {
    /** The newest checkpoint's file name. */
    public static final String LAST = "last.ckpt";

    /** The file name of the checkpoint before the newest one. */
    public static final String PREVIOUS = "previous.ckpt";

    /** The file name of the checkpoint with the best test accuracy. */
    public static final String BEST = "best.ckpt";

    private static final Logger LOG = LoggerFactory.getLogger(CheckpointFolder.class);

    /** Returns the last checkpoint's file, which may not exist. */
    public Path last() {
        return folder.resolve(LAST);
    }

    /** Returns the file of the checkpoint before the last one, which may not exist. */
    public Path previous() {
        return folder.resolve(PREVIOUS);
    }

    /**
     * Returns the last checkpoint. If it is damaged or missing, logs a warning and returns the newest intact checkpoint
     * in the folder; null if the folder has no checkpoint.
     *
     * @throws Ascend4jException if there are checkpoints but all are damaged
     */
    public Path newestWhole() {
        List<String> problems = new ArrayList<>();
        if (wholeStep(last(), problems).isPresent()) {
            return last();
        }
        Path newest = null;
        long most = -1;
        for (String name : List.of(PREVIOUS, BEST)) {
            Path file = folder.resolve(name);
            long step = wholeStep(file, problems).orElse(-1);
            if (step > most) {
                newest = file;
                most = step;
            }
        }
        if (newest != null) {
            String problem = problems.isEmpty() ? last() + " is missing" : String.join("; ", problems);
            LOG.warn("{}. Resuming from {}, step {}.", problem, newest, most);
        } else if (!problems.isEmpty()) {
            throw new Ascend4jException(
                    String.join("; ", problems) + "; found no whole checkpoint beside it: --resume none starts afresh");
        }
        return newest;
    }

    /**
     * Returns the number of steps done when a file was written; empty if the file is missing or damaged. The problem of
     * a damaged file is added to {@code problems}.
     */
    private static OptionalLong wholeStep(Path file, List<String> problems) {
        if (!Files.exists(file)) {
            return OptionalLong.empty();
        }
        try (PointerScope scope = new PointerScope()) {
            return OptionalLong.of(Checkpoint.read(file).position().step());
        } catch (DamagedCheckpointException e) {
            problems.add(e.getMessage());
            return OptionalLong.empty();
        }
    }
}

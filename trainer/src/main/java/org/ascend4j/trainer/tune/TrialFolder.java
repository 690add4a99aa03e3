package org.ascend4j.trainer.tune;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Stream;
import org.ascend4j.FileErrors;
import org.ascend4j.trainer.checkpoint.CheckpointFolder;

/**
 * The folder of a trial's run in a rung.
 *
 * @param path the folder; it may be missing
 */
record TrialFolder(Path path) {
    /** Returns the folder of a trial: one for all rungs if the trial continues, otherwise one for each rung. */
    static TrialFolder of(Path search, boolean continues, int trial, int rung) {
        Path folder = search.resolve(name(trial));
        return new TrialFolder(continues ? folder : folder.resolve("rung-" + rung));
    }

    static String name(int trial) {
        return String.format(Locale.ROOT, "trial-%02d", trial);
    }

    /** Deletes all files of the run. */
    void delete() {
        if (Files.exists(path)) {
            deleteFiles(path, true, "");
        }
    }

    /**
     * Deletes weights, which are large; figures and report stay.
     *
     * @param keepsLast whether the newest checkpoint stays, from which the trial continues
     */
    void deleteWeights(boolean keepsLast) {
        if (Files.exists(path)) {
            deleteFiles(path, false, keepsLast ? CheckpointFolder.LAST : "");
        }
    }

    private static void deleteFiles(Path folder, boolean all, String kept) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                String name = file.getFileName().toString();
                if (all || name.matches(".*\\.(ckpt|pt|safetensors)") && !name.equals(kept)) {
                    Files.delete(file);
                }
            }
        } catch (IOException | UncheckedIOException e) {
            throw FileErrors.cannotWrite(
                    folder, e instanceof IOException io ? io : ((UncheckedIOException) e).getCause());
        }
    }
}

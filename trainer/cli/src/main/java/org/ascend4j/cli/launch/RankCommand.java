package org.ascend4j.cli.launch;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.ascend4j.trainer.checkpoint.CheckpointFolder;

/** The command line of a rank: that of this process, and from the second attempt on with the newest checkpoint. */
public final class RankCommand implements Supplier<List<String>> {
    private final List<String> java = new ArrayList<>();
    private final List<String> arguments;
    private final CheckpointFolder checkpoints;
    private final Identity lastBefore;
    private final Identity previousBefore;

    /** Distinguishes a file from a later file with the same name. Its time is compared only with times from the same storage. */
    private record Identity(Object key, FileTime time, long bytes) {
        /** Returns null if the file does not exist. */
        static Identity of(Path file) {
            try {
                BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
                return new Identity(attributes.fileKey(), attributes.lastModifiedTime(), attributes.size());
            } catch (IOException e) {
                return null;
            }
        }
    }

    /**
     * Uses this process's Java, its options and class path.
     *
     * @param main the class to start
     * @param arguments its arguments
     * @param checkpoints the checkpoints from which a restart resumes, if this run has written one; null without restarts
     */
    public RankCommand(Class<?> main, List<String> arguments, CheckpointFolder checkpoints) {
        java.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        java.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        java.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        this.arguments = List.copyOf(arguments);
        this.checkpoints = checkpoints;
        lastBefore = checkpoints == null ? null : Identity.of(checkpoints.last());
        previousBefore = checkpoints == null ? null : Identity.of(checkpoints.previous());
    }

    @Override
    public List<String> get() {
        List<String> command = new ArrayList<>(java);
        command.addAll(arguments);
        if (checkpoints != null
                && (isWritten(checkpoints.last(), lastBefore) || isWritten(checkpoints.previous(), previousBefore))) {
            // The last occurrence of an option wins. This is not the checkpoint's file name, because that file may be
            // damaged while the checkpoint before it is intact.
            command.addAll(List.of("--resume", "auto"));
        }
        return command;
    }

    /** Returns whether this run has written the checkpoint; a file that existed before belongs to another run. */
    private static boolean isWritten(Path checkpoint, Identity before) {
        Identity now = Identity.of(checkpoint);
        return now != null && !now.equals(before);
    }
}

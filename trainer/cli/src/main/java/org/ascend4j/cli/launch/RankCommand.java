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

/** The command line of a rank: this process's own, from the second attempt on with the newest checkpoint. */
public final class RankCommand implements Supplier<List<String>> {
    private final List<String> java = new ArrayList<>();
    private final List<String> arguments;
    private final CheckpointFolder checkpoints;
    private final Identity lastBefore;
    private final Identity previousBefore;

    /** What tells a file from another one that has its name later; its time is compared with none but its own storage's. */
    private record Identity(Object key, FileTime time, long bytes) {
        /** Returns null for a file that is not there. */
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
     * Takes over this process's Java, its options and class path.
     *
     * @param main the class to start
     * @param arguments its arguments
     * @param checkpoints where a restart finds what to go on from, once this run has written it; null where there is no restart
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
            // The last option of a name wins. Not the file's name: it may be damaged, and the one before it whole.
            command.addAll(List.of("--resume", "auto"));
        }
        return command;
    }

    /** Says whether this run has written the checkpoint: the one that was there before belongs to another run. */
    private static boolean isWritten(Path checkpoint, Identity before) {
        Identity now = Identity.of(checkpoint);
        return now != null && !now.equals(before);
    }
}

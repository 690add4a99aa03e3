package org.ascend4j.cli;

import java.time.Duration;
import java.util.Map;
import org.ascend4j.Ascend4jException;
import org.ascend4j.cli.help.HelpGroup;
import org.ascend4j.device.DeviceSpec;
import org.ascend4j.distributed.HostAddresses;
import org.ascend4j.distributed.ParallelOptions;
import org.ascend4j.distributed.Placement;
import org.ascend4j.distributed.Placements;
import org.ascend4j.trainer.checkpoint.RunDescription;
import org.ascend4j.trainer.recipe.Recipe;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The options for several processes: number, hosts, and how they share a step. */
@HelpGroup.In(HelpGroup.PROCESSES)
final class RankOptions {
    private static final String AUTO = "auto";
    private static final int MOST_NODES = 100_000;
    private static final int MOST_PORTS = 65_535;
    private static final int MOST_BATCHES = 100_000;

    @Option(
            names = "--nproc",
            paramLabel = "N|auto",
            description = "Number of processes on this host, one device each; auto: one per NPU, or per processor "
                    + "(default: the value of torchrun, ModelArts, MindCluster or RANK_TABLE_FILE, else 1).")
    private String processes;

    @Option(
            names = "--nnodes",
            paramLabel = "N",
            description = "Number of hosts (default: the value in the environment, else 1).")
    private Integer nodes;

    @Option(names = "--node-rank", paramLabel = "I", description = "Index of this host, from 0.")
    private Integer node;

    @Option(names = "--master-addr", paramLabel = "HOST", description = "Address of host 0.")
    private String masterAddress;

    @Option(
            names = "--master-port",
            paramLabel = "PORT",
            description = "A free port on host 0 (default: 29500; on a single host any free port).")
    private Integer masterPort;

    @Option(
            names = "--accumulate",
            paramLabel = "K",
            description = "Number of batches per process before each update of the weights (default: 1; with "
                    + "--resume the number that keeps the images per update).")
    private Integer accumulate;

    @Option(
            names = "--sync-bn",
            negatable = true,
            fallbackValue = "true",
            description = "Compute batch norm statistics over the images of all processes (default: each process "
                    + "over its own images).")
    private Boolean syncBatchNorm;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "600",
            description = "Longest time that a process waits for the others (default: ${DEFAULT-VALUE}).")
    private int timeout;

    @Option(
            names = "--max-restarts",
            paramLabel = "K",
            defaultValue = "0",
            description = "After a failure restart all processes of this host from the last checkpoint, at most K "
                    + "times; needs --output.")
    private int maxRestarts;

    /** Rejects numbers out of range as wrong usage. */
    void check(CommandLine command) {
        OptionRange.check(command, "--nnodes", nodes, 1, MOST_NODES);
        OptionRange.check(command, "--node-rank", node, 0, MOST_NODES - 1);
        OptionRange.check(command, "--master-port", masterPort, 1, MOST_PORTS);
        OptionRange.check(command, "--accumulate", accumulate, 1, MOST_BATCHES);
        OptionRange.check(command, "--timeout", timeout, 1, Duration.ofDays(30).toSeconds());
        OptionRange.check(command, "--max-restarts", maxRestarts, 0, Integer.MAX_VALUE);
        if (processes != null && !processes.matches(AUTO + "|[1-9][0-9]{0,2}")) {
            throw new ParameterException(command, "--nproc expects 1 to 999, or auto, found " + processes);
        }
    }

    /** Returns the position of this process among the ranks. */
    Placement placement(DeviceSpec device) {
        ParallelOptions options = new ParallelOptions(count(device), nodes, node, masterAddress, masterPort);
        return Placements.resolve(options, System.getenv(), HostAddresses.own(), device.kind() != DeviceSpec.Kind.CPU);
    }

    private Integer count(DeviceSpec device) {
        if (processes == null) {
            return null;
        }
        return processes.equals(AUTO) ? DeviceCount.of(device.kind(), System.getenv()) : Integer.valueOf(processes);
    }

    /** Returns the given options as recipe settings. */
    Map<String, String> overrides() {
        return syncBatchNorm == null ? Map.of() : Map.of("model.sync_batch_norm", syncBatchNorm.toString());
    }

    /** Returns how long ranks wait for each other. */
    Duration timeout() {
        return Duration.ofSeconds(timeout);
    }

    int maxRestarts() {
        return maxRestarts;
    }

    /** Returns the images per update of the weights: as requested, otherwise as in the resumed run ({@code saved}, null without one). */
    int globalBatch(Recipe recipe, RunDescription saved, int ranks) {
        boolean sameBatch = saved != null && saved.recipe().batchSize() == recipe.batchSize();
        if (accumulate != null || !sameBatch || saved.globalBatch() == 0) {
            long images = (long) recipe.batchSize() * ranks * (accumulate == null ? 1 : accumulate);
            if (images > Integer.MAX_VALUE) {
                throw new Ascend4jException("batch size x ranks x --accumulate expects at most " + Integer.MAX_VALUE
                        + " images per update, found " + images);
            }
            return (int) images;
        }
        if (saved.globalBatch() % ranks != 0) {
            throw new Ascend4jException("the resumed run's " + saved.globalBatch()
                    + " images per update expect a number of ranks that divides them, found " + ranks
                    + "; set --accumulate to choose another number of images");
        }
        return saved.globalBatch();
    }
}

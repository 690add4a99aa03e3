package org.ascend4j.cli;

import org.ascend4j.cli.help.HelpGroup;
import org.ascend4j.device.Capture;
import org.ascend4j.runtime.TorchRuntime;
import org.ascend4j.trainer.train.Execution;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The options for the arrangement of a step's operators. */
@HelpGroup.In(HelpGroup.DEVICE)
final class ExecutionOptions {
    @Option(
            names = "--replicas",
            paramLabel = "N",
            description = "Number of copies of the model that share each batch on the CPU and divide the threads "
                    + "(default: one per thread, if the network has no dropout, and no batch norm without "
                    + "ghost_batch_norm, and each copy gets enough images).")
    private Integer replicas;

    @Option(
            names = "--exact",
            description = "Use Python's operators in Python's order: equal losses bit for bit on the same libtorch "
                    + "with the same threads; slower.")
    private boolean exact;

    @Option(
            names = "--capture",
            paramLabel = "MODE",
            defaultValue = "auto",
            description = "Launch each step as one recorded graph: on, off or auto, which is on where an NPU and the "
                    + "settings allow it (default: auto).")
    private Capture capture;

    /** Rejects contradictory options as wrong usage. */
    void check(CommandLine command) {
        OptionRange.check(command, "--replicas", replicas, 1, TorchRuntime.MOST_THREADS);
        if (exact && replicas != null && replicas > 1) {
            throw new ParameterException(command, "--exact expects --replicas 1, found " + replicas);
        }
    }

    /** Returns whether to record steps. */
    Capture capture() {
        return capture;
    }

    /** Returns the requested arrangement, or the fastest. */
    Execution execution() {
        if (exact) {
            return Execution.EXACT;
        }
        return replicas == null ? Execution.FASTEST : new Execution(false, replicas);
    }
}

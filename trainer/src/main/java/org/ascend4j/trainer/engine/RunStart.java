package org.ascend4j.trainer.engine;

import java.nio.file.Path;
import org.ascend4j.distributed.RankGroup;
import org.ascend4j.state.StateDict;
import org.ascend4j.state.StateFiles;
import org.ascend4j.trainer.checkpoint.Checkpoint;
import org.ascend4j.trainer.checkpoint.Position;
import org.ascend4j.trainer.checkpoint.RunDescription;
import org.ascend4j.trainer.model.StateLoader;
import org.bytedeco.javacpp.PointerScope;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The start of a run: fresh, from given weights or from a checkpoint, and in the same state on all ranks.
 *
 * @param initialWeights a file of weights to start from; null for the model's own
 * @param newHead whether the last layers in the file are ignored
 * @param resumeFrom the checkpoint to resume from; null for a fresh start
 * @param seed the run's seed
 * @param ranks the processes that train together
 * @since 0.1.0
 */
public record RunStart(Path initialWeights, boolean newHead, Path resumeFrom, long seed, RankGroup ranks) {
    private static final Logger LOG = LoggerFactory.getLogger(RunStart.class);

    /** On rank 0: begins the run, sends the state to the other ranks, and returns how far the run has come. */
    public Position lead(TrainState state, RandomStates random, OutputFolder output, RunDescription run) {
        try (PointerScope scope = new PointerScope()) {
            Checkpoint checkpoint = resumeFrom == null ? null : Checkpoint.read(resumeFrom);
            Position position = checkpoint == null ? start(state) : resume(state, checkpoint, run);
            setAside(output);
            ranks.share(position.toJson());
            state.takeFromFirst();
            random.restore(checkpoint == null ? null : checkpoint.random(), seed, position.step());
            return position;
        }
    }

    /** On another rank: begins with the state of rank 0 and returns how far the run has come. */
    public Position follow(TrainState state, RandomStates random) {
        Position position = Position.fromJson(ranks.share(null));
        state.takeFromFirst();
        random.restore(null, seed, position.step());
        return position;
    }

    private Position start(TrainState state) {
        if (initialWeights != null) {
            try (PointerScope scope = new PointerScope()) {
                StateDict weights = initialWeights.toString().endsWith(".ckpt")
                        ? Checkpoint.read(initialWeights).evaluated()
                        : StateFiles.read(initialWeights);
                if (newHead || StateLoader.onlyHeadsDiffer(state.model(), weights)) {
                    StateLoader.loadAllButHeads(state.model(), weights);
                    LOG.warn(
                            "All weights of {} are loaded except the last layers ({}), which are initialised from the seed.",
                            initialWeights,
                            String.join(", ", state.model().heads()));
                } else {
                    StateLoader.load(state.model(), weights);
                }
            }
        }
        return new Position();
    }

    private Position resume(TrainState state, Checkpoint checkpoint, RunDescription run) {
        Resumption.check(resumeFrom, checkpoint.run(), run).forEach(LOG::warn);
        StateLoader.load(state.model(), checkpoint.model());
        state.loadOptimizerState(checkpoint.optimizer());
        return checkpoint.position();
    }

    private void setAside(OutputFolder output) {
        if (resumeFrom == null || !output.holds(resumeFrom)) {
            Path previous = output.setAside();
            if (previous != null) {
                LOG.warn("The output folder held an earlier run; its results are now in {}.", previous);
            }
        }
    }
}

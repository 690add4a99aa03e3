package org.ascend4j.trainer.engine;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.ascend4j.state.StateDict;
import org.ascend4j.state.StateFiles;
import org.ascend4j.trainer.checkpoint.Checkpoint;
import org.ascend4j.trainer.checkpoint.CheckpointFolder;
import org.ascend4j.trainer.checkpoint.Position;
import org.ascend4j.trainer.checkpoint.RunDescription;
import org.ascend4j.trainer.model.StateLoader;
import org.bytedeco.javacpp.PointerScope;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The state files in a run's output folder: {@code last.ckpt} and the one before it, {@code best.ckpt},
 * {@code model.safetensors} and {@code model.pt}. With several ranks only the first one has a folder and writes.
 *
 * @since 0.1.0
 */
public final class RunFiles {
    private static final Logger LOG = LoggerFactory.getLogger(RunFiles.class);

    private final Path output;
    private final RunDescription run;
    private final RandomStates random;
    private final TrainState state;
    private final Position position;
    private final Path resumedFrom;
    private final SlowStorage storage = new SlowStorage(System::nanoTime);
    private boolean lastIsWhole;

    /**
     * Prepares writing to a folder.
     *
     * @param output the folder; null to write nothing
     * @param resumedFrom the checkpoint that this run resumes from; null for a fresh start
     */
    public RunFiles(
            OutputFolder output,
            RunDescription run,
            RandomStates random,
            TrainState state,
            Position position,
            Path resumedFrom) {
        this.output = output == null ? null : output.path();
        this.run = run;
        this.random = random;
        this.state = state;
        this.position = position;
        this.resumedFrom = resumedFrom;
        // Any other last.ckpt may be damaged; it must not replace an intact previous.ckpt.
        lastIsWhole = output != null
                && resumedFrom != null
                && resumedFrom.endsWith(CheckpointFolder.LAST)
                && output.holds(resumedFrom);
    }

    Position position() {
        return position;
    }

    /** Writes {@code last.ckpt} and keeps the checkpoint before it. Every rank must call this. */
    void saveLast() {
        save(CheckpointFolder.LAST, lastIsWhole ? CheckpointFolder.PREVIOUS : null);
        lastIsWhole = true;
    }

    /** Writes {@code best.ckpt}. Every rank must call this. */
    void saveBest() {
        save(CheckpointFolder.BEST, null);
    }

    private void save(String name, String previous) {
        try (PointerScope scope = new PointerScope()) {
            StateDict states = random.gather();
            if (output == null) {
                return;
            }
            Path file = output.resolve(name);
            Checkpoint checkpoint =
                    new Checkpoint(run, position, state.model().stateDict(), state.optimizerState(), states);
            storage.write(file, () -> checkpoint.write(file, previous == null ? null : output.resolve(previous)));
        }
    }

    /**
     * Loads the best epoch's weights and returns the epoch; without {@code best.ckpt}, which a run in another folder than the one it goes on from may lack, the
     * present weights stay.
     */
    int loadBest() {
        Path best = output.resolve(CheckpointFolder.BEST);
        if (!Files.exists(best) && resumedFrom != null) {
            best = resumedFrom.resolveSibling(CheckpointFolder.BEST);
        }
        if (!Files.exists(best)) {
            LOG.warn("There is no {}: the test images are evaluated with the last weights.", best);
            return position.epoch() - 1;
        }
        try (PointerScope scope = new PointerScope()) {
            Checkpoint checkpoint = Checkpoint.read(best);
            StateLoader.load(state.model(), checkpoint.evaluated());
            return checkpoint.position().bestEpoch();
        }
    }

    void saveModel() {
        if (output == null) {
            return;
        }
        try (AveragedWeights averaged = state.averagedWeights()) {
            StateDict weights = state.model().stateDict();
            StateFiles.write(output.resolve(OutputFolder.MODEL_SAFETENSORS), weights, Map.of("format", "pt"));
            StateFiles.write(output.resolve(OutputFolder.MODEL_PT), weights, Map.of());
        }
    }

    /** Returns a description of the newest checkpoint's location. */
    String lastGood() {
        if (output == null) {
            return "Rank 0 prints the path of the last checkpoint.";
        }
        Path last = new CheckpointFolder(output).last();
        return Files.exists(last) ? "The last good checkpoint is " + last + "." : "There is no checkpoint yet.";
    }
}

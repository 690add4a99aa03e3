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
import org.bytedeco.javacpp.PointerScope;

/**
 * The state files in a run's output folder: {@code last.ckpt} and the one before it, {@code best.ckpt},
 * {@code model.safetensors} and {@code model.pt}. With several ranks only the first one has a folder and writes.
 */
public final class RunFiles {
    private final Path output;
    private final RunDescription run;
    private final RandomStates random;
    private final TrainState state;
    private final Position position;
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

    void saveModel() {
        if (output == null) {
            return;
        }
        StateDict weights = state.model().stateDict();
        StateFiles.write(output.resolve(OutputFolder.MODEL_SAFETENSORS), weights, Map.of("format", "pt"));
        StateFiles.write(output.resolve(OutputFolder.MODEL_PT), weights, Map.of());
    }

    /** Returns a description of the newest checkpoint's location. */
    String lastGood() {
        if (output == null) {
            return "Rank 0 says where the last checkpoint is.";
        }
        Path last = new CheckpointFolder(output).last();
        return Files.exists(last) ? "The last good checkpoint is " + last + "." : "There is no checkpoint yet.";
    }
}

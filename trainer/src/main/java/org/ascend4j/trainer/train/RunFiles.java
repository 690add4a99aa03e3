package org.ascend4j.trainer.train;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.ascend4j.device.DeviceBackend;
import org.ascend4j.state.StateDict;
import org.ascend4j.state.StateFiles;
import org.ascend4j.trainer.checkpoint.Checkpoint;
import org.ascend4j.trainer.checkpoint.Position;
import org.ascend4j.trainer.checkpoint.RunDescription;
import org.bytedeco.javacpp.PointerScope;

/**
 * The state that a run leaves in its output folder: {@code last.ckpt}, {@code best.ckpt}, {@code model.safetensors} and {@code model.pt}. Of several ranks only
 * the first has a folder, and writes.
 */
final class RunFiles {
    static final String LAST = "last.ckpt";
    static final String BEST = "best.ckpt";

    private final Path output;
    private final RunDescription run;
    private final DeviceBackend device;
    private final TrainState state;
    private final Position position;
    private final SlowStorage storage = new SlowStorage(System::nanoTime);

    /** Prepares writing to a folder; null to write nothing. */
    RunFiles(Path output, RunDescription run, DeviceBackend device, TrainState state, Position position) {
        this.output = output;
        this.run = run;
        this.device = device;
        this.state = state;
        this.position = position;
    }

    Position position() {
        return position;
    }

    void saveLast() {
        save(LAST);
    }

    void saveBest() {
        save(BEST);
    }

    private void save(String name) {
        if (output != null) {
            Path file = output.resolve(name);
            storage.write(file, () -> write(file));
        }
    }

    private void write(Path file) {
        try (PointerScope scope = new PointerScope()) {
            StateDict random = new StateDict().put(device.spec().kind().torchName(), device.generatorState());
            new Checkpoint(run, position, state.model().stateDict(), state.optimizerState(), random).write(file);
        }
    }

    void saveModel() {
        if (output == null) {
            return;
        }
        StateDict weights = state.model().stateDict();
        StateFiles.write(output.resolve("model.safetensors"), weights, Map.of("format", "pt"));
        StateFiles.write(output.resolve("model.pt"), weights, Map.of());
    }

    /** Says where the newest checkpoint is. */
    String lastGood() {
        if (output == null) {
            return "Rank 0 says where the last checkpoint is.";
        }
        Path last = output.resolve(LAST);
        return Files.exists(last) ? "The last good checkpoint is " + last + "." : "There is no checkpoint yet.";
    }
}

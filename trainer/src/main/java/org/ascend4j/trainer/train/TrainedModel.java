package org.ascend4j.trainer.train;

import java.nio.file.Path;
import org.ascend4j.device.DeviceBackend;
import org.ascend4j.trainer.checkpoint.Checkpoint;
import org.ascend4j.trainer.checkpoint.RunDescription;
import org.ascend4j.trainer.model.ImageClassifier;
import org.ascend4j.trainer.model.StateLoader;
import org.bytedeco.javacpp.PointerScope;

/**
 * A model read from a checkpoint, on a device and in evaluation mode.
 *
 * @param run what it was trained as
 * @param model the network; closed with this object
 */
public record TrainedModel(RunDescription run, ImageClassifier model) implements AutoCloseable {
    /** Reads a checkpoint. */
    public static TrainedModel open(Path file, DeviceBackend device) {
        try (PointerScope scope = new PointerScope()) {
            Checkpoint checkpoint = Checkpoint.read(file);
            RunDescription run = checkpoint.run();
            ImageClassifier model = Models.create(run.recipe().model(), run.channels(), run.outputs());
            try {
                StateLoader.load(model, checkpoint.model());
                Models.prepareForEvaluation(model, device);
            } catch (RuntimeException | Error e) {
                model.close();
                throw e;
            }
            return new TrainedModel(run, model);
        }
    }

    @Override
    public void close() {
        model.close();
    }
}

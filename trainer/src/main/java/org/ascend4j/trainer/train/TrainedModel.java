package org.ascend4j.trainer.train;

import java.nio.file.Path;
import java.util.function.Function;
import org.ascend4j.Ascend4jException;
import org.ascend4j.Printable;
import org.ascend4j.device.DeviceBackend;
import org.ascend4j.trainer.checkpoint.Checkpoint;
import org.ascend4j.trainer.checkpoint.RunDescription;
import org.ascend4j.trainer.model.ImageClassifier;
import org.ascend4j.trainer.model.Models;
import org.ascend4j.trainer.model.StateLoader;
import org.ascend4j.trainer.recipe.ModelSettings;
import org.bytedeco.javacpp.PointerScope;

/**
 * A model read from a checkpoint, on a device and in evaluation mode.
 *
 * @param run the description of the run that trained it
 * @param model the network; closed with this object
 * @since 0.1.0
 */
public record TrainedModel(RunDescription run, ImageClassifier model) implements AutoCloseable {
    /** Reads a checkpoint whose model has a registered {@link org.ascend4j.trainer.model.ModelFactory}. */
    public static TrainedModel open(Path file, DeviceBackend device) {
        return open(file, device, run -> {
            String name = run.recipe().model().kind();
            if (Models.find(name).isEmpty()) {
                throw new Ascend4jException("checkpoint " + file + " expects the model '" + Printable.of(name)
                        + "' that it was written with, found no jar that has it; give its jar by --class-path");
            }
            return create(run);
        });
    }

    /**
     * Reads a checkpoint of a model that has no {@link org.ascend4j.trainer.model.ModelFactory}.
     *
     * @param create makes the network for the run's description; the result owns it
     */
    public static TrainedModel open(Path file, DeviceBackend device, Function<RunDescription, ImageClassifier> create) {
        try (PointerScope scope = new PointerScope()) {
            Checkpoint checkpoint = Checkpoint.read(file);
            RunDescription run = checkpoint.run();
            ImageClassifier model = create.apply(run);
            try {
                StateLoader.load(model, checkpoint.evaluated());
                Evaluator.prepare(model, device);
            } catch (RuntimeException | Error e) {
                model.close();
                throw e;
            }
            return new TrainedModel(run, model);
        }
    }

    /** Makes the network that a run's description names, with new weights. */
    static ImageClassifier create(RunDescription run) {
        ModelSettings model = run.recipe().model();
        return Models.create(model.kind(), run.channels(), run.outputs(), model.settings());
    }

    @Override
    public void close() {
        model.close();
    }
}

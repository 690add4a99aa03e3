package org.ascend4j.trainer.train;

import java.util.function.BooleanSupplier;
import org.ascend4j.device.DeviceBackend;
import org.ascend4j.device.Layout;
import org.ascend4j.device.Precision;
import org.ascend4j.distributed.RankGroup;
import org.ascend4j.nn.joint.JointLayer;
import org.ascend4j.nn.joint.JointTensor;
import org.ascend4j.trainer.data.ImageSet;
import org.ascend4j.trainer.engine.EvaluationLoop;
import org.ascend4j.trainer.engine.TestData;
import org.ascend4j.trainer.model.ImageClassifier;
import org.ascend4j.trainer.progress.Evaluation;
import org.ascend4j.trainer.recipe.Recipe;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.MemoryFormat;

/**
 * Measures a model on images that it was not trained on.
 *
 * @since 0.1.0
 */
public final class Evaluator implements AutoCloseable {
    private final TestData data;
    private final EvaluationLoop loop;

    /**
     * Copies the images to the device; the caller still owns the device.
     *
     * @param images the images and their labels
     * @param recipe specifies how images are normalised and resized, and test-time augmentation
     * @param batchSize images per forward pass
     * @param precision precision of the forward pass
     */
    public Evaluator(DeviceBackend device, ImageSet images, Recipe recipe, int batchSize, Precision precision) {
        data = new TestData(images, device, recipe.input());
        loop = new EvaluationLoop(device, data, batchSize, precision, recipe.evaluation(), RankGroup.alone());
    }

    /** Moves a model to a device and arranges its weights for the fastest evaluation there. */
    public static void prepare(ImageClassifier model, DeviceBackend device) {
        model.to(device.device(), false);
        model.train(false);
        if (device.preferredLayout() == Layout.CHANNELS_LAST) {
            model.namedParameters().values().stream()
                    .filter(parameter -> parameter.dim() == 4)
                    .forEach(Evaluator::storeChannelsLast);
        }
        model.economise(device.isHost());
        JointLayer.tensorsOf(model).forEach(JointTensor::join);
    }

    private static void storeChannelsLast(Tensor weight) {
        try (Tensor stored = weight.detach().contiguous(MemoryFormat.ChannelsLast)) {
            weight.set_data(stored);
        }
    }

    /** Evaluates all images in evaluation mode. */
    public Evaluation evaluate(ImageClassifier model) {
        return evaluate(model, () -> false);
    }

    /** Evaluates all images in evaluation mode. Returns null if {@code stop} returns true before the end. */
    public Evaluation evaluate(ImageClassifier model, BooleanSupplier stop) {
        return loop.evaluate(model, stop);
    }

    @Override
    public void close() {
        loop.close();
        data.close();
    }
}

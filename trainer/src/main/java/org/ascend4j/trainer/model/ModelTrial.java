package org.ascend4j.trainer.model;

import java.util.Arrays;
import org.ascend4j.Ascend4jException;
import org.ascend4j.nn.EvaluationMode;
import org.ascend4j.nn.ForwardTrace;
import org.ascend4j.nn.TorchFailure;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Runs two blank images through a model before it trains, so that a shape mismatch is reported with the layer in which it occurs.
 *
 * <p><b>Not public API</b>: the modules of this project share it.
 *
 * @since 0.1.0
 */
public final class ModelTrial {
    private static final int IMAGES = 2;

    private ModelTrial() {}

    /**
     * Computes the model in evaluation mode on zeros of shape {@code 2 x channels x height x width}. Its mode, weights
     * and statistics do not change.
     *
     * @throws Ascend4jException if a layer rejects its input, or the result is not {@code 2 x outputs}
     */
    public static void run(ImageClassifier model, long channels, long height, long width) {
        try (EvaluationMode evaluation = new EvaluationMode(model);
                PointerScope scope = new PointerScope();
                NoGradGuard noGrad = new NoGradGuard()) {
            Tensor weight = model.namedParameters().values().stream()
                    .findFirst()
                    .orElseThrow(() ->
                            new Ascend4jException("model " + model.modelName() + " expects parameters, found none"));
            Tensor images = torch.zeros(new long[] {IMAGES, channels, height, width}, weight.options());
            long[] shape = output(model, images).shape();
            if (!Arrays.equals(shape, new long[] {IMAGES, model.outputs()})) {
                throw new Ascend4jException("model " + model.modelName() + " expects to give " + model.outputs()
                        + " values for each image, found the shape " + Arrays.toString(shape) + " for two images");
            }
        }
    }

    private static Tensor output(ImageClassifier model, Tensor images) {
        ForwardTrace trace = new ForwardTrace(model);
        try {
            return trace.run(() -> model.forward(images));
        } catch (Ascend4jException e) {
            throw e;
        } catch (RuntimeException e) {
            String place = trace.place().orElse("the model");
            String reason = TorchFailure.line(e, model.getClass()) + ": " + TorchFailure.reason(e);
            if (!TorchFailure.is(e) || e instanceof NullPointerException) {
                throw new Ascend4jException("model " + model.modelName() + " fails in " + place + reason, e);
            }
            long[] shape = images.shape();
            throw new Ascend4jException(
                    "model " + model.modelName() + " expects images that its layers can take, found " + shape[1] + " x "
                            + shape[2] + " x " + shape[3] + ", at which " + place + " fails" + reason
                            + "; set images of another size (--resize), or other settings of the model",
                    e);
        }
    }
}

package org.ascend4j.trainer.model;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.stream.Stream;
import org.ascend4j.Ascend4jException;
import org.ascend4j.Printable;
import org.ascend4j.nn.ForwardObserver;
import org.ascend4j.nn.Layer;
import org.ascend4j.nn.ModuleNode;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Two blank images through a model before it trains, so that shapes that do not fit are told by the layer that refuses them. */
public final class ModelTrial {
    private static final int IMAGES = 2;

    private ModelTrial() {}

    /**
     * Computes the model in evaluation mode on zeros of shape {@code 2 x channels x height x width}; its mode, weights and statistics stay as they are.
     *
     * @throws Ascend4jException if a layer refuses its input, or the result is not {@code 2 x outputs}
     */
    public static void run(ImageClassifier model, long channels, long height, long width) {
        Place place = new Place();
        boolean training = model.is_training();
        model.train(false);
        try (PointerScope scope = new PointerScope();
                NoGradGuard noGrad = new NoGradGuard()) {
            Tensor weight = model.namedParameters().values().stream()
                    .findFirst()
                    .orElseThrow(() ->
                            new Ascend4jException("model " + model.modelName() + " expects parameters, found none"));
            Tensor images = torch.zeros(new long[] {IMAGES, channels, height, width}, weight.options());
            long[] shape = output(model, images, place).shape();
            if (!Arrays.equals(shape, new long[] {IMAGES, model.outputs()})) {
                throw new Ascend4jException("model " + model.modelName() + " expects to give " + model.outputs()
                        + " values for each image, found the shape " + Arrays.toString(shape) + " for two images");
            }
        } finally {
            model.train(training);
        }
    }

    private static Tensor output(ImageClassifier model, Tensor images, Place place) {
        Tensor[] result = new Tensor[1];
        try {
            Layer.observe(place, () -> result[0] = model.forward(images));
        } catch (Ascend4jException e) {
            throw e;
        } catch (RuntimeException e) {
            long[] shape = images.shape();
            throw new Ascend4jException(
                    "model " + model.modelName() + " expects images that its layers can take, found " + shape[1] + " x "
                            + shape[2] + " x " + shape[3] + ", at which " + place.in(model) + " fails"
                            + line(model, e) + ": " + reason(e)
                            + "; set images of another size (--resize), or other settings of the model",
                    e);
        }
        return result[0];
    }

    /** Returns the first line of what a failure says, which libtorch follows by its stack trace. */
    static String reason(Throwable failure) {
        String text = failure.getMessage();
        return text == null
                ? "it failed without a message"
                : Printable.of(text.lines().findFirst().orElse(""));
    }

    private static String line(ImageClassifier model, RuntimeException failure) {
        return Stream.of(failure.getStackTrace())
                .filter(frame -> frame.getClassName().equals(model.getClass().getName()))
                .findFirst()
                .map(frame -> " (" + frame.getFileName() + ":" + frame.getLineNumber() + ")")
                .orElse("");
    }

    /** The layers that are computing, innermost first. */
    private static final class Place implements ForwardObserver {
        private final Deque<Layer> running = new ArrayDeque<>();

        @Override
        public void before(Layer layer, Tensor input) {
            running.push(layer);
        }

        @Override
        public void after(Layer layer, Tensor input, Tensor output) {
            running.pop();
        }

        private String in(ImageClassifier model) {
            return model.moduleTree()
                    .all()
                    .filter(node -> node.layer().stream().anyMatch(layer -> layer == running.peek()))
                    .map(ModelTrial::named)
                    .findFirst()
                    .orElse("a layer");
        }
    }

    private static String named(ModuleNode node) {
        return node.path().isEmpty() ? node.description() : node.path() + " (" + node.description() + ")";
    }
}

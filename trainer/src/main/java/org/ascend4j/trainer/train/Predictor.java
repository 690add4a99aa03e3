package org.ascend4j.trainer.train;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.ascend4j.device.DeviceBackend;
import org.ascend4j.trainer.checkpoint.RunDescription;
import org.ascend4j.trainer.data.ImageSet;
import org.ascend4j.trainer.engine.Inference;
import org.ascend4j.trainer.engine.TestData;
import org.ascend4j.trainer.input.Batch;
import org.ascend4j.trainer.recipe.EvaluationSettings;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Classifies images with a model from a checkpoint.
 *
 * @since 0.1.0
 */
public final class Predictor implements ImagePredictor {
    /**
     * A class that an image may show.
     *
     * @param label the class's index
     * @param name the class's name
     * @param probability the softmax over all outputs, 0 to 1
     * @since 0.1.0
     */
    public record Candidate(int label, String name, double probability) {}

    private final TrainedModel trained;
    private final DeviceBackend device;
    private final EvaluationSettings settings;

    /** Prepares predictions with the test-time augmentation of the run; the caller still owns model and device. */
    public Predictor(TrainedModel trained, DeviceBackend device) {
        this(trained, device, trained.run().recipe().evaluation());
    }

    /** Prepares predictions with given test-time augmentation; the caller still owns model and device. */
    public Predictor(TrainedModel trained, DeviceBackend device, EvaluationSettings settings) {
        this.trained = trained;
        this.device = device;
        this.settings = settings;
    }

    @Override
    public int channels() {
        return trained.run().channels();
    }

    @Override
    public int height() {
        return trained.run().height();
    }

    @Override
    public int width() {
        return trained.run().width();
    }

    @Override
    public List<List<Candidate>> predict(List<byte[]> images, int top) {
        RunDescription run = trained.run();
        ImageSet set = new ImageSet(
                run.channels(), run.height(), run.width(), join(images), new int[images.size()], run.classNames());
        try (TestData data = new TestData(set, device, run.recipe().input());
                PointerScope scope = new PointerScope();
                NoGradGuard noGrad = new NoGradGuard()) {
            Batch batch = data.pipeline().batch(0, images.size());
            return rank(Inference.logits(trained.model(), batch.images(), settings), run.classNames(), top);
        }
    }

    /**
     * Returns the candidates of each image, the most probable first.
     *
     * @param logits {@code N x outputs}, on any device
     * @param names the classes' names; a model may have more outputs than names
     * @param top number of candidates per image, at most the number of outputs
     */
    public static List<List<Candidate>> rank(Tensor logits, List<String> names, int top) {
        int outputs = Math.toIntExact(logits.size(1));
        float[] values = new float[Math.toIntExact(logits.numel())];
        torch.softmax(logits, 1).cpu().data_ptr_float().get(values);
        List<List<Candidate>> all = new ArrayList<>();
        for (int offset = 0; offset < values.length; offset += outputs) {
            all.add(rank(values, offset, outputs, names, top));
        }
        return all;
    }

    private static List<Candidate> rank(float[] values, int offset, int outputs, List<String> names, int top) {
        return IntStream.range(0, outputs)
                .boxed()
                .sorted(Comparator.comparing((Integer label) -> -values[offset + label]))
                .limit(top)
                .map(label -> new Candidate(
                        label, label < names.size() ? names.get(label) : "output " + label, values[offset + label]))
                .toList();
    }

    /** Returns images of one size as one array, one after the other. */
    public static byte[] join(List<byte[]> images) {
        int bytes = images.get(0).length;
        byte[] all = new byte[Math.multiplyExact(bytes, images.size())];
        for (int i = 0; i < images.size(); i++) {
            System.arraycopy(images.get(i), 0, all, i * bytes, bytes);
        }
        return all;
    }
}

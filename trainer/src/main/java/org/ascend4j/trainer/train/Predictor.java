package org.ascend4j.trainer.train;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.ascend4j.device.DeviceBackend;
import org.ascend4j.trainer.checkpoint.RunDescription;
import org.ascend4j.trainer.data.ImageSet;
import org.ascend4j.trainer.engine.TestData;
import org.ascend4j.trainer.input.Batch;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Says what images show. */
public final class Predictor {
    /**
     * A class that an image may show.
     *
     * @param label the class's index
     * @param name the class's name
     * @param probability the softmax over all outputs, 0 to 1
     */
    public record Candidate(int label, String name, double probability) {}

    private final TrainedModel trained;
    private final DeviceBackend device;

    /** Prepares predictions; the caller keeps model and device. */
    public Predictor(TrainedModel trained, DeviceBackend device) {
        this.trained = trained;
        this.device = device;
    }

    /**
     * Classifies images of the size that the model was trained on, in one batch.
     *
     * @param images C x H x W unsigned bytes each
     * @param top how many candidates an image gets, at most as many as the model has outputs
     * @return the candidates of each image, the most probable first
     */
    public List<List<Candidate>> predict(List<byte[]> images, int top) {
        RunDescription run = trained.run();
        ImageSet set = new ImageSet(
                run.channels(), run.height(), run.width(), join(images), new int[images.size()], run.classNames());
        try (TestData data = new TestData(set, device, run.recipe().input());
                PointerScope scope = new PointerScope();
                NoGradGuard noGrad = new NoGradGuard()) {
            Batch batch = data.pipeline().batch(0, images.size());
            Tensor probabilities =
                    torch.softmax(trained.model().forward(batch.images()), 1).cpu();
            float[] values = new float[images.size() * run.outputs()];
            probabilities.data_ptr_float().get(values);
            List<List<Candidate>> all = new ArrayList<>();
            for (int i = 0; i < images.size(); i++) {
                all.add(rank(values, i * run.outputs(), top));
            }
            return all;
        }
    }

    private List<Candidate> rank(float[] values, int offset, int top) {
        return IntStream.range(0, trained.run().outputs())
                .boxed()
                .sorted(Comparator.comparing((Integer label) -> -values[offset + label]))
                .limit(top)
                .map(label -> new Candidate(label, name(label), values[offset + label]))
                .toList();
    }

    /** A model may have more outputs than there were classes. */
    private String name(int label) {
        List<String> names = trained.run().classNames();
        return label < names.size() ? names.get(label) : "output " + label;
    }

    private static byte[] join(List<byte[]> images) {
        int bytes = images.get(0).length;
        byte[] all = new byte[Math.multiplyExact(bytes, images.size())];
        for (int i = 0; i < images.size(); i++) {
            System.arraycopy(images.get(i), 0, all, i * bytes, bytes);
        }
        return all;
    }
}

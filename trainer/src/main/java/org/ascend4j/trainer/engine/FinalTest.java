package org.ascend4j.trainer.engine;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.ascend4j.device.DeviceBackend;
import org.ascend4j.device.Precision;
import org.ascend4j.distributed.RankGroup;
import org.ascend4j.trainer.data.ImageSet;
import org.ascend4j.trainer.progress.Evaluation;
import org.ascend4j.trainer.recipe.Recipe;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/**
 * The evaluation of the test images in the end of a run that chose its best weights by validation images.
 *
 * @since 0.1.0
 */
public final class FinalTest {
    private final ImageSet images;
    private final DeviceBackend device;
    private final Recipe recipe;
    private final TrainState state;
    private final Replicas replicas;
    private final RunFiles files;
    private final RankGroup ranks;

    /**
     * What the best weights do on the test images.
     *
     * @param epoch the epoch that they are of
     */
    record Outcome(int epoch, Evaluation evaluation) {}

    /** Prepares the evaluation; the images come to the device when it begins. */
    public FinalTest(
            ImageSet images,
            DeviceBackend device,
            Recipe recipe,
            TrainState state,
            Replicas replicas,
            RunFiles files,
            RankGroup ranks) {
        this.images = images;
        this.device = device;
        this.recipe = recipe;
        this.state = state;
        this.replicas = replicas;
        this.files = files;
        this.ranks = ranks;
    }

    /** Evaluates the weights of {@code best.ckpt} and puts the present ones back; every rank calls this. Returns null when {@code stop} says so on the way. */
    Outcome run(BooleanSupplier stop) {
        List<Tensor> present = copies();
        try (TestData test = new TestData(images, device, recipe.input());
                EvaluationLoop loop = new EvaluationLoop(
                        device,
                        test,
                        recipe.evalBatchSize(),
                        Precision.parse(recipe.precision()),
                        recipe.evaluation(),
                        ranks)) {
            int epoch = loadBest();
            Evaluation evaluation = loop.evaluateIn(replicas, stop);
            return evaluation == null ? null : new Outcome(epoch, evaluation);
        } finally {
            putBack(present);
        }
    }

    /** Rank 0 reads the file, from which the others take the weights. */
    private int loadBest() {
        int epoch;
        if (ranks.rank().isFirst()) {
            epoch = files.loadBest();
            ranks.share(Integer.toString(epoch));
        } else {
            epoch = Integer.parseInt(ranks.share(null));
        }
        state.takeFromFirst();
        return epoch;
    }

    private List<Tensor> copies() {
        List<Tensor> copies = new ArrayList<>();
        try (PointerScope scope = new PointerScope();
                NoGradGuard noGrad = new NoGradGuard()) {
            state.model()
                    .stateDict()
                    .entries()
                    .values()
                    .forEach(tensor -> copies.add(tensor.clone().retainReference()));
        }
        return copies;
    }

    private void putBack(List<Tensor> copies) {
        try (PointerScope scope = new PointerScope();
                NoGradGuard noGrad = new NoGradGuard()) {
            Iterator<Tensor> values = copies.iterator();
            state.model().stateDict().entries().values().forEach(tensor -> tensor.copy_(values.next()));
        }
        copies.forEach(Tensor::close);
    }
}

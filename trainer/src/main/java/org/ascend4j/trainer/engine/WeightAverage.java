package org.ascend4j.trainer.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ascend4j.dispatch.BoxedOperator;
import org.ascend4j.optim.FlatParameters;
import org.ascend4j.state.StateDict;
import org.ascend4j.trainer.checkpoint.Checkpoint;
import org.ascend4j.trainer.model.ImageClassifier;
import org.ascend4j.trainer.recipe.EmaSettings;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * The exponential moving average of a model's weights and, if wanted, of its running statistics: torch's
 * {@code AveragedModel} with {@code get_ema_multi_avg_fn}.
 *
 * <p>An update is one launch for each flat buffer of parameters and one call for all statistics. Integer buffers are not
 * averaged.
 */
final class WeightAverage implements AutoCloseable {
    private final EmaSettings settings;
    private final ImageClassifier model;
    private final List<FlatParameters> weights;
    private final List<Tensor> averages;
    private final Map<String, Tensor> buffers = new LinkedHashMap<>();
    private final List<Tensor> bufferAverages = new ArrayList<>();
    private final BoxedOperator lerpAll = new BoxedOperator("aten::_foreach_lerp_", "Scalar");
    private long updates;

    /**
     * Prepares the average of a model that is on its device.
     *
     * @param weights the flat buffers of the model's parameters, owned by the caller
     */
    WeightAverage(EmaSettings settings, ImageClassifier model, List<FlatParameters> weights) {
        this.settings = settings;
        this.model = model;
        this.weights = List.copyOf(weights);
        averages = weights.stream().map(FlatParameters::zeros).toList();
        try (PointerScope scope = new PointerScope()) {
            Map<String, Tensor> parameters = model.namedParameters();
            model.stateDict().entries().forEach((name, tensor) -> {
                if (settings.useBuffers() && !parameters.containsKey(name) && tensor.is_floating_point()) {
                    buffers.put(name, new Tensor(tensor).retainReference());
                    bufferAverages.add(tensor.clone().retainReference());
                }
            });
        }
    }

    /** Returns whether an entry of a training state belongs to an average. */
    static boolean owns(String name) {
        return name.startsWith(Checkpoint.AVERAGE) || name.equals(Checkpoint.AVERAGE_UPDATES);
    }

    /** Updates the average if it is due after a step; the first update copies the weights. */
    void stepDone(long step) {
        if (step % settings.every() != 0) {
            return;
        }
        double share = share(0);
        try (PointerScope scope = new PointerScope();
                NoGradGuard noGrad = new NoGradGuard()) {
            for (int i = 0; i < averages.size(); i++) {
                averages.get(i).lerp_(weights.get(i).values(), new Scalar(share));
            }
            if (!buffers.isEmpty()) {
                lerpAll.call(bufferAverages, List.copyOf(buffers.values()), share);
            }
        }
        updates++;
    }

    /** Returns whether every step updates the average, so that recorded steps do, too. */
    boolean isInEveryStep() {
        return settings.every() == 1;
    }

    /** Returns the weights' share in the average after the update that follows {@code ahead} others. */
    double share(long ahead) {
        return 1 - settings.decayAfter(updates + ahead);
    }

    /** Submits an update without counting it; {@code share} is one fp32 element on the device. */
    void record(Tensor share) {
        try (PointerScope scope = new PointerScope();
                NoGradGuard noGrad = new NoGradGuard()) {
            for (int i = 0; i < averages.size(); i++) {
                averages.get(i).lerp_(weights.get(i).values(), share);
            }
            int next = 0;
            for (Tensor buffer : buffers.values()) {
                bufferAverages.get(next++).lerp_(buffer, share);
            }
        }
    }

    /** Counts an update that a repetition of the recorded one has made. */
    void repeated() {
        updates++;
    }

    /** Exchanges the model's weights and the average; does nothing before the first update. */
    void exchange() {
        if (updates == 0) {
            return;
        }
        try (PointerScope scope = new PointerScope();
                NoGradGuard noGrad = new NoGradGuard()) {
            for (int i = 0; i < averages.size(); i++) {
                exchange(averages.get(i), weights.get(i).values());
            }
            int next = 0;
            for (Tensor buffer : buffers.values()) {
                exchange(bufferAverages.get(next++), buffer);
            }
        }
    }

    private static void exchange(Tensor one, Tensor other) {
        Tensor kept = one.clone();
        one.copy_(other);
        other.copy_(kept);
    }

    /** Returns the averages of running statistics; views of the live state. */
    List<Tensor> bufferAverages() {
        return bufferAverages;
    }

    /** Returns the average by the model's names, and the number of updates; the averages are views of the live state. */
    StateDict stateDict() {
        StateDict state = new StateDict();
        averagesByName().forEach((name, average) -> state.put(Checkpoint.AVERAGE + name, average));
        Tensor count = torch.empty(new long[] {1}, new TensorOptions(ScalarType.Long), new MemoryFormatOptional());
        return state.put(Checkpoint.AVERAGE_UPDATES, count.fill_(new Scalar(updates)));
    }

    private Map<String, Tensor> averagesByName() {
        Map<Long, Tensor> byPlace = new HashMap<>();
        for (int i = 0; i < averages.size(); i++) {
            FlatParameters group = weights.get(i);
            for (int k = 0; k < group.size(); k++) {
                byPlace.put(group.parameter(k).data_ptr().address(), group.view(averages.get(i), k));
            }
        }
        Map<String, Tensor> named = new LinkedHashMap<>();
        // A tensor with several names is one parameter; each name gets its average.
        model.namedParameters().forEach((name, tensor) -> {
            Tensor average = byPlace.get(tensor.data_ptr().address());
            if (average != null) {
                named.put(name, average);
            }
        });
        int next = 0;
        for (String name : buffers.keySet()) {
            named.put(name, bufferAverages.get(next++));
        }
        return named;
    }

    /** Restores what {@link #stateDict} returned. */
    void load(StateDict saved) {
        try (PointerScope scope = new PointerScope();
                NoGradGuard noGrad = new NoGradGuard()) {
            averagesByName()
                    .forEach((name, average) -> average.copy_(saved.require(
                            "moving average", Checkpoint.AVERAGE + name, average.shape(), average.scalar_type())));
            updates = saved.require("moving average", Checkpoint.AVERAGE_UPDATES, new long[] {1}, ScalarType.Long)
                    .item_long();
        }
    }

    @Override
    public void close() {
        averages.forEach(Tensor::close);
        buffers.values().forEach(Tensor::close);
        bufferAverages.forEach(Tensor::close);
    }
}

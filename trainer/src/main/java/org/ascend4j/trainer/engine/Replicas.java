package org.ascend4j.trainer.engine;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.ascend4j.device.DeviceBackend;
import org.ascend4j.nn.joint.JointLayer;
import org.ascend4j.nn.joint.JointTensor;
import org.ascend4j.runtime.Team;
import org.ascend4j.runtime.TorchRuntime;
import org.ascend4j.trainer.model.ImageClassifier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/**
 * Copies of a model that share its weights and run in parallel, each with its own gradients and running statistics. On a
 * CPU this is faster than splitting each operator over threads. The statistics of the first model are those of the run.
 *
 * <p>Create the replicas after the model was moved to its device; the caller still owns the model. Sums are computed in
 * the order of the replicas, so equal numbers of replicas give bit-identical results.
 *
 * @since 0.1.0
 */
public final class Replicas implements AutoCloseable {
    private final List<ImageClassifier> models = new ArrayList<>();
    private final List<List<Tensor>> leaves = new ArrayList<>();
    private final List<List<Integer>> leafShares;
    private final Team team;

    /**
     * Makes {@code count} models, of which the first is the given one. Several models need the host as device; they
     * divide libtorch's threads among them.
     */
    public Replicas(ImageClassifier first, int count, DeviceBackend device) {
        models.add(first);
        if (count > 1) {
            addCopies(first, count, device);
        }
        models.forEach(model -> leaves.add(leaves(model)));
        List<Tensor> own = leaves.get(0);
        leafShares = Team.shares(
                IntStream.range(0, own.size()).boxed().toList(),
                leaf -> own.get(leaf).numel(),
                count);
        team = new Team(count, Math.max(1, TorchRuntime.threads() / count));
    }

    /** Creates the copies without changing the numbers that the run draws from the generator for its own weights. */
    private void addCopies(ImageClassifier first, int count, DeviceBackend device) {
        try (Tensor random = device.generatorState()) {
            for (int i = 1; i < count; i++) {
                ImageClassifier copy = first.emptyCopy();
                share(first, copy);
                models.add(copy);
            }
            device.setGeneratorState(random);
        }
    }

    private static void share(ImageClassifier first, ImageClassifier copy) {
        copy.economise(first.economises());
        try (PointerScope scope = new PointerScope()) {
            Iterator<Tensor> weights = first.namedParameters().values().iterator();
            copy.namedParameters().values().forEach(own -> own.set_data(weights.next()));
            Iterator<Tensor> parameters = first.namedParameters().values().iterator();
            copy.namedParameters()
                    .values()
                    .forEach(own -> own.set_requires_grad(parameters.next().requires_grad()));
            Iterator<JointTensor> joints = JointLayer.tensorsOf(first).iterator();
            for (JointTensor own : JointLayer.tensorsOf(copy)) {
                Tensor whole = joints.next().whole();
                if (whole != null && isStatistics(own, copy)) {
                    own.join();
                } else if (whole != null) {
                    own.join(whole.detach());
                }
            }
        }
    }

    private static boolean isStatistics(JointTensor joint, ImageClassifier model) {
        return model.namedParameters().values().stream()
                .noneMatch(parameter -> joint.members().stream().anyMatch(member -> member == parameter));
    }

    /** Copies the buffers of the first model to the others. */
    private void copyBuffers() {
        if (size() == 1) {
            return;
        }
        try (PointerScope scope = new PointerScope();
                NoGradGuard noGrad = new NoGradGuard()) {
            Map<String, Tensor> all = models.get(0).stateDict().entries();
            Set<String> weights = models.get(0).namedParameters().keySet();
            for (ImageClassifier copy : models.subList(1, size())) {
                copy.stateDict().entries().forEach((name, own) -> {
                    if (!weights.contains(name)) {
                        own.copy_(all.get(name));
                    }
                });
            }
        }
    }

    /** Returns the tensors for which autograd computes gradients: joint tensors in place of their members. */
    private static List<Tensor> leaves(ImageClassifier model) {
        List<Tensor> leaves = new ArrayList<>(model.namedParameters().values());
        for (JointTensor joint : JointLayer.tensorsOf(model)) {
            if (joint.requiresGrad() && joint.whole() != null) {
                leaves.removeIf(leaf -> joint.members().stream().anyMatch(member -> member == leaf));
                leaves.add(joint.whole());
            }
        }
        return leaves;
    }

    int size() {
        return models.size();
    }

    Team team() {
        return team;
    }

    ImageClassifier model(int index) {
        return models.get(index);
    }

    /** Puts all models into training or evaluation mode, with the buffers of the first one; frozen statistics stay frozen. */
    void train(boolean on) {
        copyBuffers();
        models.forEach(model -> {
            model.train(on);
            if (on) {
                FrozenParts.holdStatistics(model);
            }
        });
    }

    /** Runs a task for each replica on its thread, in a scope that frees the task's remaining objects. */
    void run(IntConsumer task) {
        team.run(index -> {
            try (PointerScope scope = new PointerScope()) {
                task.accept(index);
            }
        });
    }

    /** Adds the gradients of the copies to those of the first model and removes them from the copies. */
    void sumGradients() {
        if (size() == 1) {
            return;
        }
        run(index -> {
            try (NoGradGuard noGrad = new NoGradGuard()) {
                for (int leaf : leafShares.get(index)) {
                    for (int k = 1; k < size(); k++) {
                        addGradient(leaves.get(k).get(leaf), leaves.get(0).get(leaf));
                    }
                }
            }
        });
    }

    private static void addGradient(Tensor copy, Tensor first) {
        Tensor part = copy.grad();
        if (part.defined()) {
            first.grad().add_(part);
            copy.mutable_grad().reset();
        }
    }

    @Override
    public void close() {
        team.close();
        models.subList(1, models.size()).forEach(ImageClassifier::close);
    }
}

package org.ascend4j.trainer.model;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.ascend4j.nn.Layer;
import org.ascend4j.state.StateDict;
import org.bytedeco.pytorch.Tensor;

/**
 * A network from images, {@code N x C x H x W} normalised floats, to logits, {@code N x outputs}: the interface between
 * a training run and its model.
 *
 * @since 0.1.0
 */
public abstract class ImageClassifier extends Layer {
    /**
     * The output of a network in training mode.
     *
     * @param logits the main output, {@code N x outputs}
     * @param auxiliaryLogits the auxiliary heads' outputs from the shallowest to the deepest; empty without auxiliary heads
     * @since 0.1.0
     */
    public record TrainingOutput(Tensor logits, List<Tensor> auxiliaryLogits) {}

    /** Makes a network with a type name, which summaries show. */
    protected ImageClassifier(String typeName) {
        super(typeName);
    }

    /** Returns the name of the network in recipes, checkpoints and the command line: that of its {@link ModelFactory}, if it has one. */
    public abstract String modelName();

    /** Returns the settings from which the network's {@link ModelFactory} can make it again, without its channels and outputs. */
    public ObjectNode modelSettings() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** Returns the number of outputs. */
    public abstract int outputs();

    /** Makes another network of the same structure with its own weights; the caller owns it. */
    public abstract ImageClassifier emptyCopy();

    /**
     * Returns the paths of the layers that depend on the classes, which a new head replaces: by default the last module
     * that has parameters. A network with auxiliary heads returns their last layers as well.
     */
    public List<String> heads() {
        return moduleTree()
                .all()
                .filter(node -> !node.parameters().isEmpty())
                .reduce((before, node) -> node)
                .map(node -> List.of(node.path()))
                .orElse(List.of());
    }

    /** Returns a predicate that tests whether the name of a parameter or buffer belongs to one of the {@link #heads}. */
    public final Predicate<String> headNames() {
        List<String> paths = heads();
        return name -> paths.stream().anyMatch(path -> name.startsWith(path + "."));
    }

    /**
     * Computes the logits and, in training mode, those of the auxiliary heads; {@link #forward} returns only the main
     * logits and never computes the auxiliary heads.
     */
    public TrainingOutput forwardTraining(Tensor images) {
        return new TrainingOutput(forward(images), List.of());
    }

    /**
     * Returns the weight of each auxiliary head's loss relative to the main loss: 0.3 in the paper
     * (<a href="https://arxiv.org/abs/1409.4842">Szegedy et al.</a>).
     */
    public double auxiliaryLossWeight() {
        return 0.3;
    }

    /**
     * Returns why copies of the network must not train on parts of a batch in parallel, as part of a sentence; empty if
     * they may. By default this depends on the network's modules.
     */
    public Optional<String> batchObstacle() {
        return whyBatchStaysWhole();
    }

    /**
     * Returns whether every forward pass in training mode submits the same operators for batches of one size, without a decision or a random number on the host.
     * Its steps can then be recorded as a graph without being asked for. By default false.
     */
    public boolean submitsEqualSteps() {
        return false;
    }

    /** Returns weights from a file with this network's own names and without entries that it does not use; by default unchanged. */
    public StateDict adapt(StateDict weights) {
        return weights;
    }
}

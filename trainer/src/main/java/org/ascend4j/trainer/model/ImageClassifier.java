package org.ascend4j.trainer.model;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.ascend4j.nn.Layer;
import org.ascend4j.state.StateDict;
import org.bytedeco.pytorch.Tensor;

/** A network from images, {@code N x C x H x W} normalised floats, to logits, {@code N x outputs}: all that a training run knows of its model. */
public abstract class ImageClassifier extends Layer {
    /**
     * What a network computes in training.
     *
     * @param logits the main output, {@code N x outputs}
     * @param auxiliaryLogits the auxiliary heads' outputs from the shallowest to the deepest; empty without auxiliary heads
     */
    public record TrainingOutput(Tensor logits, List<Tensor> auxiliaryLogits) {}

    /** Names the network's type, as it is shown in summaries. */
    protected ImageClassifier(String typeName) {
        super(typeName);
    }

    /** Returns the name by which recipes, checkpoints and the command line know the network: that of its {@link ModelFactory}, if it has one. */
    public abstract String modelName();

    /** Returns the settings from which the network's {@link ModelFactory} makes it again, besides its channels and outputs. */
    public ObjectNode modelSettings() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** Returns how many outputs the network has. */
    public abstract int outputs();

    /** Makes another network of the same form with weights of its own; the caller owns it. */
    public abstract ImageClassifier emptyCopy();

    /**
     * Returns the paths of the layers that depend on the classes, which a new head replaces: by default the last module that has parameters. A network with
     * auxiliary heads names their last layers as well.
     */
    public List<String> heads() {
        return moduleTree()
                .all()
                .filter(node -> !node.parameters().isEmpty())
                .reduce((before, node) -> node)
                .map(node -> List.of(node.path()))
                .orElse(List.of());
    }

    /** Returns what says whether a parameter or buffer of a name belongs to one of the {@link #heads}. */
    public final Predicate<String> headNames() {
        List<String> paths = heads();
        return name -> paths.stream().anyMatch(path -> name.startsWith(path + "."));
    }

    /**
     * Computes the logits and, in training mode, those of the auxiliary heads; {@link #forward} gives the main logits alone and never computes the
     * auxiliary heads.
     */
    public TrainingOutput forwardTraining(Tensor images) {
        return new TrainingOutput(forward(images), List.of());
    }

    /** Returns the weight of each auxiliary head's loss beside the main one: 0.3 in the paper (<a href="https://arxiv.org/abs/1409.4842">Szegedy et al.</a>). */
    public double auxiliaryLossWeight() {
        return 0.3;
    }

    /**
     * Returns why copies of the network must not train on parts of a batch side by side, as part of a sentence; empty where they may. By default the
     * modules of the network decide.
     */
    public Optional<String> batchObstacle() {
        return whyBatchStaysWhole();
    }

    /** Returns weights from a file under this network's own names, without what the network has no use for; by default as they are. */
    public StateDict adapt(StateDict weights) {
        return weights;
    }
}

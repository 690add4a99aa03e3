package org.ascend4j.trainer.model;

import java.util.function.Function;
import org.ascend4j.Labels;
import org.ascend4j.trainer.model.googlenet.GoogLeNet;
import org.ascend4j.trainer.model.googlenet.GoogLeNetConfig;
import org.ascend4j.trainer.model.googlenet.TorchvisionGoogLeNet;

/** The networks that can be trained, by the name that the command line and checkpoints use. */
public enum ModelKind {
    /** The article's GoogLeNet. */
    GOOGLENET("googlenet", GoogLeNetConfig.article(), GoogLeNet::new),
    /** Text 000's GoogLeNet for grey images. */
    FASHION("googlenet-fashion", GoogLeNetConfig.fashion(), GoogLeNet::new),
    /** The tree and arithmetic of {@code torchvision.models.googlenet}. */
    TORCHVISION("googlenet-torchvision", GoogLeNetConfig.torchvision(), TorchvisionGoogLeNet::new);

    private final String label;
    private final GoogLeNetConfig defaults;
    private final Function<GoogLeNetConfig, ImageClassifier> constructor;

    ModelKind(String label, GoogLeNetConfig defaults, Function<GoogLeNetConfig, ImageClassifier> constructor) {
        this.label = label;
        this.defaults = defaults;
        this.constructor = constructor;
    }

    /** Returns the kind of that name. */
    public static ModelKind parse(String label) {
        return Labels.parse(ModelKind.class, "model", label);
    }

    /** Returns the configuration that the kind has when nothing else is said. */
    public GoogLeNetConfig defaults() {
        return defaults;
    }

    /** Makes the network; the caller owns it. */
    public ImageClassifier create(GoogLeNetConfig config) {
        return constructor.apply(config);
    }

    /** Returns the kind's name, such as {@code googlenet}. */
    @Override
    public String toString() {
        return label;
    }
}

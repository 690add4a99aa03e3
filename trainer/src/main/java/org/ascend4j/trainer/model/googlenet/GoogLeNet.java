package org.ascend4j.trainer.model.googlenet;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.ascend4j.nn.AdaptiveAvgPool2d;
import org.ascend4j.nn.Conv2d;
import org.ascend4j.nn.Dropout;
import org.ascend4j.nn.Flatten;
import org.ascend4j.nn.Linear;
import org.ascend4j.nn.ReLU;
import org.ascend4j.nn.Sequential;
import org.ascend4j.state.StateDict;
import org.ascend4j.trainer.model.ImageClassifier;
import org.bytedeco.pytorch.Tensor;

/**
 * GoogLeNet (<a href="https://arxiv.org/abs/1409.4842">Szegedy et al., 2014</a>) under the Ascend tutorial's parameter names,
 * such as {@code stage3.0.p2_1.weight}.
 *
 * <p>The batch normalisation after a convolution has the convolution's name with {@code _bn} appended
 * ({@code stage1.0_bn.weight}, {@code stage3.0.p2_1_bn.weight}); the auxiliary heads are {@code aux1} and {@code aux2},
 * registered last. The Ascend tutorial's names therefore never change, and equal seeds give equal main weights with and without
 * auxiliary heads.
 *
 * @since 0.1.0
 */
public final class GoogLeNet extends ImageClassifier {
    /** The indices in stage 4 after which the auxiliary heads branch off: after blocks 4a and 4d. */
    private static final int AUX1_POSITION = 1;

    private static final int AUX2_POSITION = 4;

    private final String name;
    private final GoogLeNetConfig config;
    private final Sequential stage1;
    private final Sequential stage2;
    private final Sequential stage3;
    private final Sequential stage4;
    private final Sequential stage5;
    private final Dropout dropout;
    private final Linear fc;
    private final Sequential aux1;
    private final Sequential aux2;

    /** Makes the network on the CPU, in training mode, with weights drawn from torch's generator in the order of the Ascend tutorial's Python. */
    public GoogLeNet(GoogLeNetConfig config) {
        this(GoogLeNetFactory.NAME, config);
    }

    /** Makes the network with the name of one of its factories. */
    GoogLeNet(String name, GoogLeNetConfig config) {
        super("GoogLeNet");
        this.name = name;
        this.config = config;
        stage1 = child("stage1", firstStage());
        stage2 = child("stage2", secondStage());
        stage3 = child("stage3", thirdStage());
        stage4 = child("stage4", fourthStage());
        stage5 = child("stage5", fifthStage());
        dropout = config.dropout() > 0 ? child("dropout", new Dropout(config.dropout())) : null;
        fc = child("fc", new Linear(scaled(InceptionWidths.I5B).out(), config.classes()));
        aux1 = config.auxiliaryHeads()
                ? child("aux1", auxiliaryHead(scaled(InceptionWidths.I4A).out()))
                : null;
        aux2 = config.auxiliaryHeads()
                ? child("aux2", auxiliaryHead(scaled(InceptionWidths.I4D).out()))
                : null;
        config.initialisation().apply(this);
    }

    @Override
    public boolean submitsEqualSteps() {
        return true;
    }

    @Override
    public ImageClassifier emptyCopy() {
        return new GoogLeNet(name, config);
    }

    @Override
    public String modelName() {
        return name;
    }

    @Override
    public ObjectNode modelSettings() {
        return GoogLeNetSettings.of(config);
    }

    @Override
    public int outputs() {
        return config.classes();
    }

    @Override
    public StateDict adapt(StateDict weights) {
        return ParameterNames.forHeads(ParameterNames.toArticle(weights), config.auxiliaryHeads());
    }

    @Override
    public List<String> heads() {
        return ParameterNames.heads(config.auxiliaryHeads());
    }

    /** Returns the network's configuration. */
    public GoogLeNetConfig config() {
        return config;
    }

    @Override
    public TrainingOutput forwardTraining(Tensor images) {
        if (aux1 == null || !is_training()) {
            return super.forwardTraining(images);
        }
        try (Tensor maps = stagesBefore4(images);
                Tensor after4a = stage4.forwardRange(0, AUX1_POSITION, maps);
                Tensor after4d = stage4.forwardRange(AUX1_POSITION, AUX2_POSITION, after4a);
                Tensor deepest = stage4.forwardRange(AUX2_POSITION, stage4.size(), after4d)) {
            // As in Python, dropout draws from the generator for the auxiliary heads first.
            List<Tensor> auxiliaryLogits = List.of(aux1.forward(after4a), aux2.forward(after4d));
            return new TrainingOutput(head(deepest), auxiliaryLogits);
        }
    }

    @Override
    protected Tensor compute(Tensor images) {
        try (Tensor maps = stagesBefore4(images);
                Tensor deepest = stage4.forward(maps)) {
            return head(deepest);
        }
    }

    private Tensor stagesBefore4(Tensor images) {
        try (Tensor first = stage1.forward(images);
                Tensor second = stage2.forward(first)) {
            return stage3.forward(second);
        }
    }

    private Tensor head(Tensor maps) {
        try (Tensor features = stage5.forward(maps)) {
            if (dropout == null) {
                return fc.forward(features);
            }
            try (Tensor kept = dropout.forward(features)) {
                return fc.forward(kept);
            }
        }
    }

    private InceptionWidths scaled(InceptionWidths widths) {
        return widths.scaled(config.width());
    }

    private int scaled(int channels) {
        return InceptionWidths.scale(channels, config.width());
    }

    private StageBuilder stage() {
        return new StageBuilder(config);
    }

    private Sequential firstStage() {
        Stem stem = config.stem();
        return stage().convolution(config.inputChannels(), scaled(64), stem.kernel(), stem.stride())
                .halvingPool()
                .localResponseNorm(config.localResponseNorm())
                .build();
    }

    private Sequential secondStage() {
        int first = scaled(64);
        StageBuilder stage = stage().convolution(first, first, 1, 1)
                .convolution(first, scaled(192), 3, 1)
                .localResponseNorm(config.localResponseNorm());
        return (config.stem().secondPool() ? stage.halvingPool() : stage).build();
    }

    private Sequential thirdStage() {
        return stage().inceptions(scaled(192), InceptionWidths.I3A, InceptionWidths.I3B)
                .halvingPool()
                .build();
    }

    private Sequential fourthStage() {
        return stage().inceptions(
                        scaled(InceptionWidths.I3B).out(),
                        InceptionWidths.I4A,
                        InceptionWidths.I4B,
                        InceptionWidths.I4C,
                        InceptionWidths.I4D,
                        InceptionWidths.I4E)
                .halvingPool()
                .build();
    }

    private Sequential fifthStage() {
        return stage().inceptions(scaled(InceptionWidths.I4E).out(), InceptionWidths.I5A, InceptionWidths.I5B)
                .layer(new AdaptiveAvgPool2d(1))
                .layer(new Flatten())
                .build();
    }

    /** Makes the paper's auxiliary classifier: 4x4 averages, a 1x1 convolution of 128 channels, 1024 features, dropout 0.7, logits. */
    private Sequential auxiliaryHead(int in) {
        Sequential head = new Sequential().add("pool", new AdaptiveAvgPool2d(4));
        head.add("conv", new Conv2d(in, 128, 1, 1, 0, !config.batchNorm()));
        if (config.batchNorm()) {
            head.add("conv_bn", config.norm(128));
        }
        return head.add("relu1", new ReLU(true))
                .add("flatten", new Flatten())
                .add("fc1", new Linear(128 * 4 * 4, 1024))
                .add("relu2", new ReLU(true))
                .add("dropout", new Dropout(0.7))
                .add("fc2", new Linear(1024, config.classes()));
    }
}

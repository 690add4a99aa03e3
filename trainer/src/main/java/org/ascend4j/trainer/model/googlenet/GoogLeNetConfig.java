package org.ascend4j.trainer.model.googlenet;

import io.soabase.recordbuilder.core.RecordBuilder;
import org.ascend4j.Ascend4jException;
import org.ascend4j.nn.BatchNorm2d;
import org.ascend4j.nn.Initialisation;

/**
 * The configuration of a GoogLeNet. Start from {@link #article}, {@link #fashion} or {@link #torchvision} and change it
 * with the {@code with} methods.
 *
 * @param inputChannels channels of the images: 3 for colour, 1 for grey
 * @param classes number of outputs
 * @param stem the layers before the first Inception block
 * @param batchNorm whether a batch normalisation follows each convolution, which then has no bias
 * @param batchNormEpsilon the value that batch norm adds to the variance
 * @param batchNormMomentum the weight of a batch in the update of batch norm's running statistics
 * @param localResponseNorm whether the stem normalises over neighbouring channels as in the paper
 * @param auxiliaryHeads whether two auxiliary classifiers branch off stage 4 in training
 * @param dropout the dropout probability before the last layer; 0 for no dropout layer
 * @param initialisation the initialisation of the weights
 * @param width a factor of the channels of all convolutions but those of the auxiliary heads
 * @since 0.1.0
 */
@RecordBuilder
public record GoogLeNetConfig(
        int inputChannels,
        int classes,
        Stem stem,
        boolean batchNorm,
        double batchNormEpsilon,
        double batchNormMomentum,
        boolean localResponseNorm,
        boolean auxiliaryHeads,
        double dropout,
        Initialisation initialisation,
        double width)
        implements GoogLeNetConfigBuilder.With {
    private static final double LEAST_WIDTH = 0.125;
    private static final double MOST_WIDTH = 8;

    /** Checks the numbers. */
    public GoogLeNetConfig {
        check(inputChannels >= 1, "input channels expect a positive number, found " + inputChannels);
        check(classes >= 1, "classes expect a positive number, found " + classes);
        check(
                batchNormEpsilon > 0 && Double.isFinite(batchNormEpsilon),
                "model.batch_norm_eps expects a positive number, found " + batchNormEpsilon);
        check(
                batchNormMomentum >= 0 && batchNormMomentum <= 1,
                "model.batch_norm_momentum expects 0 to 1, found " + batchNormMomentum);
        check(width >= LEAST_WIDTH && width <= MOST_WIDTH, "model.width expects 0.125 to 8, found " + width);
        check(dropout >= 0 && dropout < 1, "dropout expects a probability below 1, found " + dropout);
    }

    /** Returns the Ascend tutorial's network for CIFAR-10: 3 channels, 10 outputs, the paper's stem, no options. */
    public static GoogLeNetConfig article() {
        return new GoogLeNetConfig(3, 10, Stem.IMAGENET, false, 1e-5, 0.1, false, false, 0, Initialisation.PYTORCH, 1);
    }

    /** Returns the Fashion tutorial's network for Fashion-MNIST: the Ascend tutorial's network with 1 channel and dropout 0.4. */
    public static GoogLeNetConfig fashion() {
        return article().withInputChannels(1).withDropout(0.4);
    }

    /** Returns the defaults of torchvision's {@code googlenet(init_weights=True)}: 3 channels, 1000 outputs, auxiliary heads, dropout 0.2. */
    public static GoogLeNetConfig torchvision() {
        return new GoogLeNetConfig(
                3, 1000, Stem.IMAGENET, true, 0.001, 0.1, false, true, 0.2, Initialisation.TRUNCATED_NORMAL, 1);
    }

    /** Returns a new batch normalisation after a convolution of {@code channels} channels. */
    BatchNorm2d norm(int channels) {
        return BatchNorm2d.of(channels)
                .epsilon(batchNormEpsilon)
                .momentum(batchNormMomentum)
                .build();
    }

    private static void check(boolean right, String sentence) {
        if (!right) {
            throw new Ascend4jException(sentence);
        }
    }
}

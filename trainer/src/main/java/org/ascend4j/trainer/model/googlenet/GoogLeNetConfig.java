package org.ascend4j.trainer.model.googlenet;

import org.ascend4j.Ascend4jException;
import org.ascend4j.nn.Initialisation;

/**
 * What a GoogLeNet is made of; start from {@link #article}, {@link #fashion} or {@link #torchvision} and change it with the {@code with} methods.
 *
 * @param inputChannels channels of the images: 3 for colour, 1 for grey
 * @param classes number of outputs
 * @param stem the layers before the first Inception block
 * @param batchNorm whether a batch normalisation follows each convolution, which then has no bias
 * @param localResponseNorm whether the stem normalises over neighbouring channels as in the paper
 * @param auxiliaryHeads whether two auxiliary classifiers hang on stage 4 in training
 * @param dropout the probability before the last layer; 0 leaves the layer out
 * @param initialisation how the weights start
 */
public record GoogLeNetConfig(
        int inputChannels,
        int classes,
        Stem stem,
        boolean batchNorm,
        boolean localResponseNorm,
        boolean auxiliaryHeads,
        double dropout,
        Initialisation initialisation) {
    /** Checks the numbers. */
    public GoogLeNetConfig {
        check(inputChannels >= 1, "input channels expect a positive number, found " + inputChannels);
        check(classes >= 1, "classes expect a positive number, found " + classes);
        check(dropout >= 0 && dropout < 1, "dropout expects a probability below 1, found " + dropout);
    }

    /** The article's network for CIFAR-10: 3 channels, 10 outputs, the paper's stem, nothing else. */
    public static GoogLeNetConfig article() {
        return new GoogLeNetConfig(3, 10, Stem.IMAGENET, false, false, false, 0, Initialisation.PYTORCH);
    }

    /** Text 000's network for Fashion-MNIST: the article's with 1 channel and dropout 0.4. */
    public static GoogLeNetConfig fashion() {
        return article().withInputChannels(1).withDropout(0.4);
    }

    /** The defaults of torchvision's {@code googlenet(init_weights=True)}: 3 channels, 1000 outputs, auxiliary heads, dropout 0.2. */
    public static GoogLeNetConfig torchvision() {
        return new GoogLeNetConfig(3, 1000, Stem.IMAGENET, true, false, true, 0.2, Initialisation.TRUNCATED_NORMAL);
    }

    /** Returns this with another number of input channels. */
    public GoogLeNetConfig withInputChannels(int value) {
        return new GoogLeNetConfig(
                value, classes, stem, batchNorm, localResponseNorm, auxiliaryHeads, dropout, initialisation);
    }

    /** Returns this with another number of outputs. */
    public GoogLeNetConfig withClasses(int value) {
        return new GoogLeNetConfig(
                inputChannels, value, stem, batchNorm, localResponseNorm, auxiliaryHeads, dropout, initialisation);
    }

    /** Returns this with another stem. */
    public GoogLeNetConfig withStem(Stem value) {
        return new GoogLeNetConfig(
                inputChannels, classes, value, batchNorm, localResponseNorm, auxiliaryHeads, dropout, initialisation);
    }

    /** Returns this with or without batch normalisation. */
    public GoogLeNetConfig withBatchNorm(boolean value) {
        return new GoogLeNetConfig(
                inputChannels, classes, stem, value, localResponseNorm, auxiliaryHeads, dropout, initialisation);
    }

    /** Returns this with or without local response normalisation. */
    public GoogLeNetConfig withLocalResponseNorm(boolean value) {
        return new GoogLeNetConfig(
                inputChannels, classes, stem, batchNorm, value, auxiliaryHeads, dropout, initialisation);
    }

    /** Returns this with or without auxiliary heads. */
    public GoogLeNetConfig withAuxiliaryHeads(boolean value) {
        return new GoogLeNetConfig(
                inputChannels, classes, stem, batchNorm, localResponseNorm, value, dropout, initialisation);
    }

    /** Returns this with another dropout. */
    public GoogLeNetConfig withDropout(double value) {
        return new GoogLeNetConfig(
                inputChannels, classes, stem, batchNorm, localResponseNorm, auxiliaryHeads, value, initialisation);
    }

    /** Returns this with another initialisation. */
    public GoogLeNetConfig withInitialisation(Initialisation value) {
        return new GoogLeNetConfig(
                inputChannels, classes, stem, batchNorm, localResponseNorm, auxiliaryHeads, dropout, value);
    }

    private static void check(boolean right, String sentence) {
        if (!right) {
            throw new Ascend4jException(sentence);
        }
    }
}

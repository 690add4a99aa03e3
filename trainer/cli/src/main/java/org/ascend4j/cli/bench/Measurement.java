package org.ascend4j.cli.bench;

/**
 * What a benchmark found.
 *
 * @param device the device's name
 * @param precision what the passes computed in
 * @param threads threads of the host that computed
 * @param replicas copies of the model that shared each batch
 * @param batch images of a step
 * @param trainImagesPerSecond training, from the median step: augmentation, both passes and the update
 * @param evaluationImagesPerSecond evaluation, forward passes alone
 * @param trainFlops floating point operations per second of training, counted as six per multiply-add of the plain network
 * @param matrixFlops those of the fastest matrix product in the same precision on all threads
 * @param peakFraction {@code trainFlops} of {@code matrixFlops}
 * @param firstStepSeconds from the start of the Java process to the end of the first step
 * @param peakResidentMebibytes the process's largest resident set; 0 where the system does not tell
 */
public record Measurement(
        String device,
        String precision,
        int threads,
        int replicas,
        int batch,
        double trainImagesPerSecond,
        double evaluationImagesPerSecond,
        double trainFlops,
        double matrixFlops,
        double peakFraction,
        double firstStepSeconds,
        long peakResidentMebibytes) {}

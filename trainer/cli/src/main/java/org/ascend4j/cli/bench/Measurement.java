package org.ascend4j.cli.bench;

/**
 * The result of a benchmark.
 *
 * @param device the device's name
 * @param precision the precision of the passes
 * @param threads number of host threads that computed
 * @param replicas number of copies of the model that shared each batch
 * @param batch images per step
 * @param trainImagesPerSecond training speed of the median step: augmentation, both passes and the update
 * @param evaluationImagesPerSecond evaluation speed, with forward passes only
 * @param trainFlops floating point operations per second of training, counted as six per multiply-add of the plain network
 * @param matrixFlops floating point operations per second of the fastest matrix product, in the same precision and on all threads
 * @param peakFraction {@code trainFlops} divided by {@code matrixFlops}
 * @param firstStepSeconds from the start of the Java process to the end of the first step
 * @param peakResidentMebibytes the process's largest resident set; 0 if the system does not report it
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

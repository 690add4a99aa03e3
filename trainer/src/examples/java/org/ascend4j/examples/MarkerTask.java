package org.ascend4j.examples;

import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.ascend4j.device.DeviceBackend;
import org.ascend4j.loop.TrainingSession;
import org.ascend4j.nn.Layer;
import org.ascend4j.optim.AdamW;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** A task that needs memory: in a sequence of random tokens, one token is the marker and the next one is the answer. */
final class MarkerTask {
    static final int TOKENS = 8;
    static final int LENGTH = 10;

    private static final int MARKER = 0;

    /**
     * Sequences and their answers.
     *
     * @param tokens int64, {@code N x LENGTH}
     * @param answers int64, {@code N}, from 1 to {@code TOKENS - 1}
     */
    record Batch(Tensor tokens, Tensor answers) {}

    private MarkerTask() {}

    /** Makes a batch on the CPU; equal seeds give equal batches. */
    static Batch draw(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        long[] tokens = new long[count * LENGTH];
        long[] answers = new long[count];
        for (int i = 0; i < count; i++) {
            for (int j = 0; j < LENGTH; j++) {
                tokens[i * LENGTH + j] = random.nextInt(1, TOKENS);
            }
            int place = random.nextInt(LENGTH - 1);
            tokens[i * LENGTH + place] = MARKER;
            answers[i] = tokens[i * LENGTH + place + 1];
        }
        return new Batch(torch.tensor(tokens).reshape(count, LENGTH), torch.tensor(answers));
    }

    /** Trains a network on random batches and prints the loss of each step, then the number of correct answers for 256 new sequences. */
    static void train(DeviceBackend device, Layer network, int steps) {
        var adam = AdamW.over(network).learningRate(0.01).noDecayForBiasesAndNorms();
        try (var loop = TrainingSession.of(device, network, adam).clipNorm(1).build()) {
            for (int step = 1; step <= steps; step++) {
                try (PointerScope scope = new PointerScope()) {
                    Batch batch = draw(64, step);
                    Tensor tokens = loop.toDevice(batch.tokens());
                    Tensor answers = loop.toDevice(batch.answers());
                    loop.step(() -> torch.cross_entropy(network.forward(tokens), answers));
                }
                System.out.printf(Locale.ROOT, "step %d loss %.6f%n", step, loop.lastLoss());
            }
            double hits = loop.evaluate(
                    List.of(draw(256, 0)), batch -> hits(network, loop.toDevice(batch.tokens()), loop.toDevice(batch.answers())));
            System.out.printf(Locale.ROOT, "right answers %.0f of 256%n", hits);
        }
    }

    private static Tensor hits(Layer network, Tensor tokens, Tensor answers) {
        Tensor guesses = network.forward(tokens).argmax(new LongOptional(1), false);
        return guesses.eq(answers).sum();
    }
}

package org.ascend4j.trainer.data;

import java.util.SplittableRandom;

/** Draws without replacement, in order (Knuth, volume 2, algorithm 3.4.2 S). */
final class SelectionSampling {
    private SelectionSampling() {}

    /** Returns which of {@code size} elements are drawn, exactly {@code wanted} of them. */
    static boolean[] draw(int size, int wanted, SplittableRandom random) {
        boolean[] drawn = new boolean[size];
        int left = wanted;
        for (int i = 0; i < size; i++) {
            if (random.nextInt(size - i) < left) {
                drawn[i] = true;
                left--;
            }
        }
        return drawn;
    }
}

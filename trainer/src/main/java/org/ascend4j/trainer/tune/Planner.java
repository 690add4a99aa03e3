package org.ascend4j.trainer.tune;

import java.util.List;
import java.util.Locale;
import org.ascend4j.Ascend4jException;

/**
 * Chooses rungs that fit into a time.
 *
 * @param pace how long parts of a trial take
 * @param epoch the training images of an epoch
 * @param batch the images of a step
 * @param most the images of the recipe's own run, the largest budget of a trial
 * @param continues whether a promoted trial continues from its checkpoint instead of starting anew
 */
record Planner(Pace pace, int epoch, int batch, long most, boolean continues) {
    /** Steps in the first rung: fewer say little about a setting, unless the recipe's own run has fewer. */
    private static final int LEAST_STEPS = 50;

    /** More trials have not been of use in a search over few settings. */
    private static final int MOST_TRIALS = 81;

    private static final double MINUTE = 60;

    /**
     * Returns as many rungs as possible, the last of them as long as possible, and then as many trials as possible.
     *
     * @param seconds the time for all
     * @param size the number of configurations
     * @param wanted the number of trials asked for; null for as many as fit
     * @throws Ascend4jException if not even one rung fits
     */
    List<Rung> plan(double seconds, long size, Integer wanted) {
        int limit = (int) Math.min(size, wanted == null ? MOST_TRIALS : wanted);
        long shortest = wanted == null ? Math.min((long) LEAST_STEPS * batch, most) : Math.min(batch, most);
        for (int promotions = Halving.promotions(limit); promotions >= 0; promotions--) {
            int trials = wanted == null ? Math.max(Math.min(2, limit), (int) Halving.power(promotions)) : limit;
            long longest = longest(seconds, trials, promotions);
            if (longest / Halving.power(promotions) >= shortest && isRising(rungs(trials, promotions, longest))) {
                while (wanted == null && trials < limit && cost(rungs(trials + 1, promotions, longest)) <= seconds) {
                    trials++;
                }
                return rungs(trials, promotions, longest);
            }
        }
        double needed = cost(rungs(wanted == null ? Math.min(2, limit) : limit, 0, shortest));
        throw new Ascend4jException(String.format(
                Locale.ROOT,
                "--minutes expects more for this recipe, found a rest of %.1f minutes where the shortest search takes %.1f"
                        + " (a step takes %.2f s, an evaluation %.1f s); set more --minutes, or fewer --trials",
                seconds / MINUTE,
                needed / MINUTE,
                pace.step(),
                pace.evaluation()));
    }

    private List<Rung> rungs(int trials, int promotions, long longest) {
        return Halving.rungs(trials, promotions, longest, this::possible);
    }

    /** Returns a number of whole steps, or of whole epochs where a trial that starts anew has several. */
    private long possible(long images) {
        if (!continues && images >= epoch) {
            return Math.round((double) images / epoch) * epoch;
        }
        long steps = Math.max(1, Math.round((double) images / batch));
        return Math.min(continues ? most : epoch, steps * batch);
    }

    /** Returns the largest budget of the last rung that fits, at most {@link #most}; 0 if none does. */
    private long longest(double seconds, int trials, int promotions) {
        long low = 0;
        long high = (most + batch - 1) / batch;
        while (low < high) {
            long middle = (low + high + 1) / 2;
            if (cost(rungs(trials, promotions, images(middle))) <= seconds) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return images(low);
    }

    private long images(long steps) {
        return Math.min(most, steps * batch);
    }

    private static boolean isRising(List<Rung> rungs) {
        for (int k = 1; k < rungs.size(); k++) {
            if (rungs.get(k).images() <= rungs.get(k - 1).images()) {
                return false;
            }
        }
        return true;
    }

    /** Returns the seconds that all trials take together. */
    double cost(List<Rung> rungs) {
        double seconds = 0;
        long before = 0;
        for (Rung rung : rungs) {
            double steps = (double) (rung.images() - before) / batch;
            long evaluations = Math.max(1, rung.images() / epoch - before / epoch);
            seconds += rung.trials() * (pace.run() + steps * pace.step() + evaluations * pace.evaluation());
            before = continues ? rung.images() : 0;
        }
        return seconds;
    }
}

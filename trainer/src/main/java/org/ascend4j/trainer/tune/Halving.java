package org.ascend4j.trainer.tune;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongUnaryOperator;

/**
 * Successive halving: each rung keeps the best third of the trials of the one before and gives each three times the budget, so that all rungs cost about
 * the same.
 *
 * @see <a href="https://arxiv.org/abs/1502.07943">Jamieson and Talwalkar, 2016: Non-stochastic best arm identification and hyperparameter optimization</a>
 * @see <a href="https://arxiv.org/abs/1603.06560">Li et al., 2018: Hyperband; the factor 3 and the numbers of a rung are from there</a>
 */
final class Halving {
    /** The ratio of the trials of two rungs, and of their budgets. */
    static final int FACTOR = 3;

    private Halving() {}

    /**
     * Returns the rungs: rung {@code k} has {@code trials / 3^k} trials, rounded down, and a budget of {@code longest / 3^(promotions - k)}.
     *
     * @param trials the trials of the first rung
     * @param promotions the number of rungs after the first
     * @param longest the last rung's images
     * @param rounding rounds the images of a rung to a possible number
     */
    static List<Rung> rungs(int trials, int promotions, long longest, LongUnaryOperator rounding) {
        List<Rung> rungs = new ArrayList<>();
        for (int k = 0; k <= promotions; k++) {
            rungs.add(new Rung((int) (trials / power(k)), rounding.applyAsLong(longest / power(promotions - k))));
        }
        return rungs;
    }

    /** Returns the largest number of promotions that leaves a trial: the logarithm of {@code trials} to the base 3, rounded down. */
    static int promotions(long trials) {
        int promotions = 0;
        while (power(promotions + 1) <= trials) {
            promotions++;
        }
        return promotions;
    }

    static long power(int exponent) {
        long power = 1;
        for (int i = 0; i < exponent; i++) {
            power *= FACTOR;
        }
        return power;
    }
}

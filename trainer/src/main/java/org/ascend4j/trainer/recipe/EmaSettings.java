package org.ascend4j.trainer.recipe;

import com.fasterxml.jackson.annotation.JsonIgnore;

/**
 * The exponential moving average of a network's weights, which evaluations use in place of the weights.
 *
 * @param decay the share of the average that an update keeps, 0 to 1; 0 for no average
 * @param every steps between updates; null for 1
 * @param warmup whether early updates keep less, {@code (1 + n) / (10 + n)} after n updates, so that the first weights fade sooner
 * @param useBuffers whether the running statistics of batch norm are averaged too, as by torch's {@code AveragedModel}; otherwise evaluations use the newest ones;
 *     null for true
 * @since 0.1.0
 */
public record EmaSettings(double decay, Integer every, boolean warmup, Boolean useBuffers) {
    /** No average. */
    public static final EmaSettings NONE = new EmaSettings(0, null, false, null);

    private static final double WARMUP_LENGTH = 10;

    /** Checks the ranges. */
    public EmaSettings {
        Range.between("ema.decay", decay, 0, 1);
        every = every == null ? 1 : every;
        Range.atLeast("ema.every", every, 1);
        useBuffers = useBuffers == null ? Boolean.TRUE : useBuffers;
    }

    /** Returns whether there is an average. */
    @JsonIgnore
    public boolean isOn() {
        return decay > 0;
    }

    /** Returns the share of the average that the next update keeps, after {@code updates} of them: 0 at first, so that the average begins with the weights. */
    public double decayAfter(long updates) {
        if (updates == 0) {
            return 0;
        }
        return warmup ? Math.min(decay, (1 + updates) / (WARMUP_LENGTH + updates)) : decay;
    }
}

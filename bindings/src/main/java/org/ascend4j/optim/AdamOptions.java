package org.ascend4j.optim;

import org.ascend4j.Ascend4jException;

/**
 * Settings of Adam and AdamW that stay the same during a run; beta1 is the group's momentum.
 *
 * @param beta2 the share of the mean of squared gradients that a step keeps
 * @param eps the value that is added to the root of that mean
 * @since 0.1.0
 */
public record AdamOptions(double beta2, double eps) {
    /** Torch's defaults. */
    public static final AdamOptions DEFAULT = new AdamOptions(0.999, 1e-8);

    /** Checks the settings. */
    public AdamOptions {
        if (!(beta2 >= 0 && beta2 < 1)) {
            throw new Ascend4jException("Adam expects beta2 in [0, 1), found " + beta2);
        }
        if (!(eps >= 0)) {
            throw new Ascend4jException("Adam expects eps of at least 0, found " + eps);
        }
    }
}

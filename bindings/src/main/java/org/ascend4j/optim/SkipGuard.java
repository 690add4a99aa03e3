package org.ascend4j.optim;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Cancels a step by arithmetic on the device, because the host must not wait to learn whether gradients overflowed. */
final class SkipGuard {
    private final Tensor foundInf;
    private final Tensor skipped;
    private final Tensor mask;
    private final Tensor keep;

    /**
     * Reads the flag of this step.
     *
     * @param foundInf one fp32 element: 1 to skip, else 0
     * @param skipped one fp32 element: the number of skipped steps, including this one
     */
    SkipGuard(Tensor foundInf, Tensor skipped) {
        this.foundInf = foundInf;
        this.skipped = skipped;
        this.mask = foundInf.to(ScalarType.Bool);
        this.keep = foundInf.neg().add_(new Scalar(1.0));
    }

    Tensor foundInf() {
        return foundInf;
    }

    /** Returns 1 to update, 0 to skip. */
    Tensor keep() {
        return keep;
    }

    /** Zeroes the gradients of a skipped step; infinities would remain after a multiplication by zero. */
    void sanitize(Tensor gradient) {
        gradient.masked_fill_(mask, new Scalar(0.0));
    }

    /** Returns {@code factor} to update, 1 to skip, exactly. */
    Tensor factorOrOne(double factor) {
        return keep.mul(new Scalar(factor)).add_(foundInf);
    }

    /** Returns the same for a factor on the device. */
    Tensor factorOrOne(Tensor factor) {
        return keep.mul(factor).add_(foundInf);
    }

    /** Returns the number of this update, counted from 1, given the number of earlier attempts. */
    Tensor stepNumber(long attempted) {
        return skipped.neg().add_(new Scalar(attempted + 1.0)).clamp_min_(new Scalar(1.0));
    }

    /** Returns the number of this update, given the number of this attempt on the device. */
    Tensor stepNumber(Tensor attempt) {
        return skipped.neg().add_(attempt).clamp_min_(new Scalar(1.0));
    }
}

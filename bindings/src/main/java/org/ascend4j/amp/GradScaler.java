package org.ascend4j.amp;

import org.ascend4j.Ascend4jException;
import org.ascend4j.optim.Optimizer;
import org.ascend4j.state.StateDict;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Dynamic loss scaling for fp16: torch.amp.GradScaler, except that a step is skipped by arithmetic on the device, so that the host never waits for it.
 *
 * <p>A training step consists of {@code scale(loss).backward()}, {@link #unscale}, the operations that need true gradients (a reduction of {@link #foundInf}
 * over ranks, clipping), {@link #step}, and {@link #update}.
 *
 * @since 0.1.0
 */
public final class GradScaler implements AutoCloseable {
    /**
     * The settings that control how the scale changes.
     *
     * @param initialScale the first scale
     * @param growthFactor the factor applied to the scale after enough finite steps
     * @param backoffFactor the factor applied to the scale after an overflow
     * @param growthInterval the number of consecutive finite steps after which the scale grows
     * @since 0.1.0
     */
    public record Options(double initialScale, double growthFactor, double backoffFactor, int growthInterval) {
        /** Torch's defaults. */
        public static final Options DEFAULT = new Options(65536, 2, 0.5, 2000);

        /** Checks the settings. */
        public Options {
            if (!(growthFactor > 1)) {
                throw new Ascend4jException("loss scaling expects a growth factor above 1, found " + growthFactor);
            }
            if (!(backoffFactor < 1)) {
                throw new Ascend4jException("loss scaling expects a backoff factor below 1, found " + backoffFactor);
            }
        }
    }

    private final Tensor scale;
    private final Tensor growthTracker;
    private final Tensor foundInf;
    private final Tensor skipped;
    private final LossScaling scaling;
    private boolean unscaled;

    /** Creates a scaler on the device of {@code example}, which may be any tensor, such as a flat parameter buffer. */
    public GradScaler(Options options, Tensor example) {
        this(options, example, LossScaling.forDeviceOf(example, options));
    }

    GradScaler(Options options, Tensor example, LossScaling scaling) {
        this.scaling = scaling;
        try (PointerScope scope = new PointerScope();
                NoGradGuard noGrad = new NoGradGuard()) {
            long[] one = {1};
            scale = example.new_full(one, new Scalar(options.initialScale()))
                    .to(ScalarType.Float)
                    .retainReference();
            foundInf = torch.zeros_like(scale).retainReference();
            skipped = torch.zeros_like(scale).retainReference();
            growthTracker = torch.zeros_like(scale).to(ScalarType.Int).retainReference();
        }
    }

    /** Returns the loss times the scale, on which to call {@code backward}; the caller owns it. */
    public Tensor scale(Tensor loss) {
        return loss.mul(scale.squeeze());
    }

    /**
     * Divides the optimiser's gradients by the scale and checks them for infinities and NaN. Call it once per backward pass; {@link #step} calls it if the
     * caller did not.
     */
    public void unscale(Optimizer optimizer) {
        if (unscaled) {
            throw new IllegalStateException("gradients were unscaled already since the last update");
        }
        try (PointerScope scope = new PointerScope();
                NoGradGuard noGrad = new NoGradGuard()) {
            scaling.unscale(optimizer.gradients(), foundInf, scale.reciprocal());
        }
        unscaled = true;
    }

    /** Returns one fp32 element on the device: 1 if the current gradients are not all finite. Ranks reduce it to their maximum, in place. */
    public Tensor foundInf() {
        return foundInf;
    }

    /** Steps the optimiser, or leaves parameters and state unchanged if the gradients are not all finite. */
    public void step(Optimizer optimizer) {
        if (!unscaled) {
            unscale(optimizer);
        }
        optimizer.step(foundInf);
    }

    /** Updates the scale; call it once per step. */
    public void update() {
        try (NoGradGuard noGrad = new NoGradGuard()) {
            scaling.update(scale, growthTracker, foundInf);
            skipped.add_(foundInf);
            foundInf.zero_();
        }
        unscaled = false;
    }

    /** Forgets that gradients were unscaled, which will not be used. */
    public void discard() {
        try (NoGradGuard noGrad = new NoGradGuard()) {
            foundInf.zero_();
        }
        unscaled = false;
    }

    /** Returns the scale; waits for the device. */
    public double currentScale() {
        return scale.item_float();
    }

    /** Returns how many steps have been skipped so far; waits for the device. */
    public long skippedSteps() {
        return (long) skipped.item_float();
    }

    /** Returns the live state: the scale, the number of consecutive finite steps, and the number of skipped steps. */
    public StateDict stateDict() {
        return new StateDict()
                .put("scale", scale)
                .put("growth_tracker", growthTracker)
                .put("skipped", skipped);
    }

    /** Restores what {@link #stateDict} returned. */
    public void loadStateDict(StateDict state) {
        try (NoGradGuard noGrad = new NoGradGuard()) {
            stateDict().entries().forEach((name, tensor) -> {
                tensor.copy_(state.require("loss scaling", name, tensor.shape(), tensor.scalar_type()));
            });
        }
    }

    @Override
    public void close() {
        scale.close();
        growthTracker.close();
        foundInf.close();
        skipped.close();
    }
}

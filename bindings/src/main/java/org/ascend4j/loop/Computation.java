package org.ascend4j.loop;

import java.util.Arrays;
import java.util.function.Supplier;
import org.ascend4j.Ascend4jException;
import org.ascend4j.device.MixedPrecision;
import org.ascend4j.nn.ForwardTrace;
import org.ascend4j.nn.Layer;
import org.ascend4j.nn.TorchFailure;
import org.bytedeco.pytorch.Tensor;

/** Runs the forward and backward computation of a program's model and reports an error of libtorch in one sentence. */
final class Computation {
    private final ForwardTrace trace;
    private final Supplier<MixedPrecision> region;

    Computation(Layer model, Supplier<MixedPrecision> region) {
        this.trace = new ForwardTrace(model);
        this.region = region;
    }

    /** Computes a scalar. */
    Tensor of(String what, Supplier<Tensor> body) {
        Tensor value = forward(body);
        if (value == null) {
            throw new Ascend4jException(what + " expects a tensor of one element, found null");
        }
        if (value.numel() != 1) {
            throw new Ascend4jException(what + " expects a tensor of one element, found the shape "
                    + Arrays.toString(value.shape()) + "; take its sum() or mean()");
        }
        return value;
    }

    private Tensor forward(Supplier<Tensor> body) {
        try (MixedPrecision open = region.get()) {
            return trace.run(body);
        } catch (RuntimeException e) {
            if (!TorchFailure.is(e)) {
                throw e;
            }
            throw new Ascend4jException(
                    trace.place().map(place -> "the model fails in " + place).orElse("the computation fails")
                            + TorchFailure.line(e) + ": " + TorchFailure.reason(e),
                    e);
        }
    }

    void backward(Tensor loss) {
        try {
            loss.backward();
        } catch (RuntimeException e) {
            throw TorchFailure.changedInPlace(e)
                    .orElseGet(() -> new Ascend4jException("the backward pass fails: " + TorchFailure.reason(e), e));
        }
    }
}

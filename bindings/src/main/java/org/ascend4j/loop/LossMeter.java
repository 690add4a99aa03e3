package org.ascend4j.loop;

import org.ascend4j.Ascend4jException;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Collects the losses of steps, which stay on the device until they are read. */
final class LossMeter implements AutoCloseable {
    private Tensor last;
    private Tensor sum;
    private long count;

    /** Adds a step's loss, within the step's scope. */
    void add(Tensor loss) {
        try (NoGradGuard noGrad = new NoGradGuard()) {
            // Not the tensor itself: it would keep an autograd graph alive.
            Tensor value = loss.detach().to(ScalarType.Float);
            if (sum == null) {
                sum = value.clone().retainReference();
            } else {
                sum.add_(value);
            }
            if (last != null) {
                last.close();
            }
            last = value.retainReference();
            count++;
        }
    }

    double last() {
        if (last == null) {
            throw new Ascend4jException("a last loss expects a step, found none since the session was made");
        }
        return last.item_float();
    }

    double takeMean() {
        if (count == 0) {
            return Double.NaN;
        }
        double mean = sum.item_float() / count;
        sum.zero_();
        count = 0;
        return mean;
    }

    @Override
    public void close() {
        if (last != null) {
            last.close();
            sum.close();
        }
    }
}

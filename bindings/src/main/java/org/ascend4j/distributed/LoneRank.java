package org.ascend4j.distributed;

import org.ascend4j.nn.Layer;
import org.ascend4j.optim.FlatParameters;
import org.bytedeco.pytorch.Tensor;

/** A single process: every sum is the value itself. */
final class LoneRank implements RankGroup {
    @Override
    public Rank rank() {
        return Topology.alone().rank(0);
    }

    @Override
    public GradientSum gradientSum(FlatParameters parameters) {
        return GradientSum.OWN;
    }

    @Override
    public void synchronise(Layer model) {
        // The batch of this process is the whole batch.
    }

    @Override
    public void backward(Tensor loss) {
        loss.backward();
    }

    @Override
    public void broadcast(Tensor tensor) {
        // The tensor is rank 0's already.
    }

    @Override
    public double[] sum(double... values) {
        return values;
    }

    @Override
    public Tensor gather(Tensor tensor) {
        return tensor.reshape(1, -1);
    }

    @Override
    public String share(String text) {
        return text;
    }

    @Override
    public void requireEqual(String what, Tensor tensor) {
        // There are no other ranks to differ from.
    }

    @Override
    public void done() {
        // There are no other ranks to inform.
    }

    @Override
    public void close() {
        // Holds no resources.
    }
}

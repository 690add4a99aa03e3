package org.ascend4j.distributed;

import org.ascend4j.nn.Layer;
import org.ascend4j.optim.FlatParameters;
import org.bytedeco.pytorch.Tensor;

/** A process on its own: every sum is the value itself. */
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
        // Its images are all there are.
    }

    @Override
    public void backward(Tensor loss) {
        loss.backward();
    }

    @Override
    public void broadcast(Tensor tensor) {
        // Rank 0's already.
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
        // Nobody to differ from.
    }

    @Override
    public void done() {
        // Nobody watches.
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}

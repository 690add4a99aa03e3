package org.ascend4j.distributed;

/** The sums over all ranks of a model's gradients, once for each update. */
public interface GradientSum extends AutoCloseable {
    /** That of a process on its own: its gradients are the sums already. */
    GradientSum OWN = new GradientSum() {
        @Override
        public void overlap() {
            // Nothing to begin with.
        }

        @Override
        public void finish() {
            // Nobody to wait for.
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    };

    /** Lets the sums begin during the next backward pass, the last one before {@link #finish}. */
    void overlap();

    /** Returns when the parameters' packed gradients are the sums; those without a gradient on this rank stay without. */
    void finish();

    @Override
    void close();
}

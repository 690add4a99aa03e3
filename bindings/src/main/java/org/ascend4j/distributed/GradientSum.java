package org.ascend4j.distributed;

/**
 * Sums a model's gradients over all ranks, once per update.
 *
 * @since 0.1.0
 */
public interface GradientSum extends AutoCloseable {
    /** The instance for a single process, whose gradients are the sums already. */
    GradientSum OWN = new GradientSum() {
        @Override
        public void overlap() {
            // A single process has nothing to sum.
        }

        @Override
        public void finish() {
            // A single process has no ranks to wait for.
        }

        @Override
        public void pack() {
            // The optimiser packs the gradients of a single process.
        }

        @Override
        public void sumPacked() {
            // A single process has nothing to sum.
        }

        @Override
        public void close() {
            // Holds no resources.
        }
    };

    /** Allows the sums to start during the next backward pass, which must be the last one before {@link #finish}. */
    void overlap();

    /** Waits until the parameters' packed gradients are the sums; parameters without a gradient on this rank stay without one. */
    void finish();

    /**
     * Packs the gradients without summing them. A step that is recorded as a graph calls this in place of {@link #finish}; after each repetition of the
     * graph, {@link #sumPacked} computes the sums.
     */
    void pack();

    /** Waits until the gradients that {@link #pack} or its repetition has packed are the sums. All ranks must call this or {@link #finish}. */
    void sumPacked();

    @Override
    void close();
}

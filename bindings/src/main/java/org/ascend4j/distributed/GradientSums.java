package org.ascend4j.distributed;

import java.util.List;

/** The sums of several buffers' gradients. */
final class GradientSums implements GradientSum {
    private final List<GradientSum> parts;

    GradientSums(List<GradientSum> parts) {
        this.parts = List.copyOf(parts);
    }

    /** Lets the first part's begin alone: all ranks must sum in one order, and parts would begin as their gradients come. */
    @Override
    public void overlap() {
        parts.get(0).overlap();
    }

    @Override
    public void finish() {
        parts.forEach(GradientSum::finish);
    }

    @Override
    public void close() {
        parts.forEach(GradientSum::close);
    }
}

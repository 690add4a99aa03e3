package org.ascend4j.distributed;

import java.util.List;

/** Sums the gradients of several buffers. */
final class GradientSums implements GradientSum {
    private final List<GradientSum> parts;

    GradientSums(List<GradientSum> parts) {
        this.parts = List.copyOf(parts);
    }

    /**
     * Allows only the first buffer's sum to start early. All ranks must sum in the same order, whereas the buffers' gradients would become ready in varying
     * order.
     */
    @Override
    public void overlap() {
        parts.get(0).overlap();
    }

    @Override
    public void finish() {
        parts.forEach(GradientSum::finish);
    }

    @Override
    public void pack() {
        parts.forEach(GradientSum::pack);
    }

    @Override
    public void sumPacked() {
        parts.forEach(GradientSum::sumPacked);
    }

    @Override
    public void close() {
        parts.forEach(GradientSum::close);
    }
}

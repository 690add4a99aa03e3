package org.ascend4j.device;

/**
 * A region on the calling thread in which torch chooses the precision of each operator; closing it restores the previous mode.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface MixedPrecision extends AutoCloseable {
    @Override
    void close();
}

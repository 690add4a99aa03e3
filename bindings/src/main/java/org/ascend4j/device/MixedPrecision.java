package org.ascend4j.device;

/** A region of the calling thread in which torch picks the precision of each operator; closing it restores what was before. */
@FunctionalInterface
public interface MixedPrecision extends AutoCloseable {
    @Override
    void close();
}

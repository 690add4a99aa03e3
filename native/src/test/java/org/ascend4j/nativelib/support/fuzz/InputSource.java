package org.ascend4j.nativelib.support.fuzz;

import java.util.SplittableRandom;

/** Makes inputs for a reader. */
@FunctionalInterface
public interface InputSource {
    /** Returns an input that depends on {@code random} alone. */
    byte[] next(SplittableRandom random);
}

package org.ascend4j.nativelib.support.fuzz;

import java.util.SplittableRandom;

/** A source of inputs for a reader. */
@FunctionalInterface
public interface InputSource {
    /** Returns an input that depends only on {@code random}. */
    byte[] next(SplittableRandom random);
}

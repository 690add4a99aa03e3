package org.ascend4j.optim;

import java.util.List;

/** One method of computing a step. */
interface UpdateRule {
    /** Updates the slices of a group; {@code guard} is null if no step may be skipped. */
    void apply(ParameterGroup group, List<Slice> slices, SkipGuard guard);
}

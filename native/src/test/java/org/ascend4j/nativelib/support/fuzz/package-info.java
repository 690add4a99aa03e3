/** Deterministic fuzzing of readers: mutated inputs, the outcomes that are allowed, and limits of time and memory. */
package org.ascend4j.nativelib.support.fuzz;

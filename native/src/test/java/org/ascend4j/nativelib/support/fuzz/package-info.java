/** Deterministic fuzzing of readers: mutated inputs, the allowed outcomes, and limits for time and memory. */
package org.ascend4j.nativelib.support.fuzz;

/** Losses under Python's names: what a network's output differs from its target, as a scalar to call {@code backward} on. */
package org.ascend4j.nn.loss;

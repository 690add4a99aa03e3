/** Losses under Python's names: they measure the difference between a network's output and its target, as a scalar to call {@code backward} on. */
package org.ascend4j.nn.loss;

package org.ascend4j.optim;

import org.bytedeco.pytorch.Tensor;

/**
 * The operands of one update: a parameter, or a range of parameters in the flat buffers.
 *
 * @param value the parameters
 * @param gradient their gradients, in the same memory order
 * @param state the optimiser's buffers for them
 * @param step the number of previous updates, including skipped ones
 */
record Slice(Tensor value, Tensor gradient, Tensor[] state, long step) {}

package org.ascend4j.optim;

import org.bytedeco.pytorch.Tensor;

/**
 * What one update works on: a parameter, or a range of parameters in the flat buffers.
 *
 * @param value the parameters
 * @param gradient their gradients, in the same memory order
 * @param state the optimiser's buffers for them
 * @param step how many updates they have seen, skipped ones included
 */
record Slice(Tensor value, Tensor gradient, Tensor[] state, long step) {}

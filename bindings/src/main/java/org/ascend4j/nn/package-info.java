/** Layers as {@code torch::nn::Module} subclasses with Python's parameter names, computing with libtorch's functions. */
package org.ascend4j.nn;

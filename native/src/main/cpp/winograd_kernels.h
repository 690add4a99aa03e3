// The transforms of Winograd's convolution F(4 x 4, 3 x 3) over the channels of one tile, compiled for the processor at hand.
// Lavin and Gray, Fast Algorithms for Convolutional Neural Networks, https://arxiv.org/abs/1509.09308
#pragma once

#include <cstdint>

namespace ascend4j::winograd {

constexpr int TILE = 4;                   // the side of a tile of outputs, in pixels
constexpr int PATCH = 6;                  // the side of the inputs that they depend on
constexpr int PRODUCTS = PATCH * PATCH;   // the numbers that a patch becomes
constexpr int64_t LANES = 8;              // channels are a multiple of this

// Each transform reads or writes the channels of pixels, given as pointers row by row, and the products at
// products[i * step + channel] for i in 0 to 35.

// B^T d B: from the 36 pixels of a patch.
void transform_patch(const float* const* pixels, int64_t channels, float* products, int64_t step);

// A^T m A, plus bias unless it is null: to the 16 pixels of a tile; those that are null are left out.
void finish_tile(const float* products, int64_t step, int64_t channels, const float* bias, float* const* pixels);

// A g A^T: from the gradients of the 16 pixels of a tile.
void transform_gradient(const float* const* pixels, int64_t channels, float* products, int64_t step);

}  // namespace ascend4j::winograd

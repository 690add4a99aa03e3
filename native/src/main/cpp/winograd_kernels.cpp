#include "winograd_kernels.h"

#include "processor.h"

namespace ascend4j::winograd {

namespace {

// The same value of LANES channels.
typedef float Lanes __attribute__((vector_size(LANES * sizeof(float))));

INLINED void load(const float* from, Lanes& to) { __builtin_memcpy(&to, from, sizeof(Lanes)); }
INLINED void store(const Lanes& from, float* to) { __builtin_memcpy(to, &from, sizeof(Lanes)); }

// Each transform in one dimension, over elements that are in_step and out_step apart.

struct Patch {  // B^T
  static constexpr int IN = PATCH, OUT = PATCH;
  static INLINED void apply(const Lanes* in, int in_step, Lanes* out, int out_step) {
    const Lanes a = in[0], b = in[in_step], c = in[2 * in_step], d = in[3 * in_step], e = in[4 * in_step], f = in[5 * in_step];
    const Lanes even = e - 4 * c, odd = d - 4 * b, inner_even = e - c, inner_odd = 2 * (d - b);
    out[0] = 4 * a - 5 * c + e;
    out[out_step] = even + odd;
    out[2 * out_step] = even - odd;
    out[3 * out_step] = inner_even + inner_odd;
    out[4 * out_step] = inner_even - inner_odd;
    out[5 * out_step] = 4 * b - 5 * d + f;
  }
};

struct Tile {  // A^T
  static constexpr int IN = PATCH, OUT = TILE;
  static INLINED void apply(const Lanes* in, int in_step, Lanes* out, int out_step) {
    const Lanes sum = in[in_step] + in[2 * in_step], difference = in[in_step] - in[2 * in_step];
    const Lanes outer_sum = in[3 * in_step] + in[4 * in_step], outer_difference = in[3 * in_step] - in[4 * in_step];
    out[0] = in[0] + sum + outer_sum;
    out[out_step] = difference + 2 * outer_difference;
    out[2 * out_step] = sum + 4 * outer_sum;
    out[3 * out_step] = difference + 8 * outer_difference + in[5 * in_step];
  }
};

struct Gradient {  // A
  static constexpr int IN = TILE, OUT = PATCH;
  static INLINED void apply(const Lanes* in, int in_step, Lanes* out, int out_step) {
    const Lanes a = in[0], b = in[in_step], c = in[2 * in_step], d = in[3 * in_step];
    const Lanes even = a + c, odd = b + d, outer_even = a + 4 * c, outer_odd = 2 * b + 8 * d;
    out[0] = a;
    out[out_step] = even + odd;
    out[2 * out_step] = even - odd;
    out[3 * out_step] = outer_even + outer_odd;
    out[4 * out_step] = outer_even - outer_odd;
    out[5 * out_step] = d;
  }
};

// Applies a transform to the columns, then to the rows.
template <typename Transform>
INLINED void apply(const Lanes* from, Lanes* to) {
  Lanes columns[Transform::OUT * Transform::IN];
  for (int j = 0; j < Transform::IN; j++) Transform::apply(from + j, Transform::IN, columns + j, Transform::IN);
  for (int i = 0; i < Transform::OUT; i++) Transform::apply(columns + i * Transform::IN, 1, to + i * Transform::OUT, 1);
}

// Both forward transforms from pixels to products.
template <typename Transform>
INLINED void to_products(const float* const* pixels, int64_t channels, float* products, int64_t step) {
  for (int64_t channel = 0; channel < channels; channel += LANES) {
    Lanes values[Transform::IN * Transform::IN], transformed[PRODUCTS];
    for (int i = 0; i < Transform::IN * Transform::IN; i++) load(pixels[i] + channel, values[i]);
    apply<Transform>(values, transformed);
    for (int i = 0; i < PRODUCTS; i++) store(transformed[i], products + i * step + channel);
  }
}

}  // namespace

FOR_THE_PROCESSOR void transform_patch(const float* const* pixels, int64_t channels, float* products, int64_t step) {
  to_products<Patch>(pixels, channels, products, step);
}

FOR_THE_PROCESSOR void transform_gradient(const float* const* pixels, int64_t channels, float* products, int64_t step) {
  to_products<Gradient>(pixels, channels, products, step);
}

FOR_THE_PROCESSOR void finish_tile(const float* products, int64_t step, int64_t channels, const float* bias, float* const* pixels) {
  for (int64_t channel = 0; channel < channels; channel += LANES) {
    Lanes values[PRODUCTS], finished[TILE * TILE], shift = {};
    if (bias != nullptr) load(bias + channel, shift);
    for (int i = 0; i < PRODUCTS; i++) load(products + i * step + channel, values[i]);
    apply<Tile>(values, finished);
    for (int i = 0; i < TILE * TILE; i++) {
      if (pixels[i] != nullptr) store(finished[i] + shift, pixels[i] + channel);
    }
  }
}

}  // namespace ascend4j::winograd

#include "winograd_convolution.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <ATen/record_function.h>
#include <torch/csrc/autograd/custom_function.h>

#include <algorithm>
#include <optional>
#include <string>

#include "arguments.h"
#include "channels_last.h"
#include "guarded.h"
#include "parallel_rows.h"
#include "winograd_kernels.h"

namespace ascend4j {

namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;
using winograd::PATCH;
using winograd::PRODUCTS;
using winograd::TILE;

constexpr int64_t TAPS = 9;

// The tiles of N x C x H x W maps with the channels last; those at the lower and right edge may be incomplete.
class Tiles {
 public:
  explicit Tiles(const at::Tensor& maps)
      : height_(maps.size(2)),
        width_(maps.size(3)),
        channels_(maps.size(1)),
        rows_((height_ + TILE - 1) / TILE),
        columns_((width_ + TILE - 1) / TILE),
        count_(maps.size(0) * rows_ * columns_) {}

  int64_t count() const { return count_; }

  // Writes the pointers to the SIDE x SIDE pixels from `border` pixels before the tile on; `outside` for those that the
  // image lacks.
  template <int SIDE, typename Value>
  void pixels(int64_t tile, int64_t border, Value* maps, Value* outside, Value** pixels) const {
    const int64_t image = tile / (rows_ * columns_);
    const int64_t top = tile / columns_ % rows_ * TILE - border, left = tile % columns_ * TILE - border;
    for (int64_t y = top; y < top + SIDE; y++) {
      for (int64_t x = left; x < left + SIDE; x++) {
        const bool inside = y >= 0 && y < height_ && x >= 0 && x < width_;
        *pixels++ = inside ? maps + ((image * height_ + y) * width_ + x) * channels_ : outside;
      }
    }
  }

 private:
  int64_t height_, width_, channels_, rows_, columns_, count_;
};

// Tiles that are computed at a time: enough rows for an efficient matrix product, and few enough for the caches of the
// threads.
int64_t block_of(const Tiles& tiles, int64_t rows) { return std::min(rows * at::get_num_threads(), tiles.count()); }
constexpr int64_t ROWS = 64;

// Returns G (x) G, 36 x 9: the transform of a 3 x 3 kernel in both dimensions.
at::Tensor kernel_transform() {
  constexpr float G[PATCH][3] = {{1 / 4.f, 0, 0},
                                 {-1 / 6.f, -1 / 6.f, -1 / 6.f},
                                 {-1 / 6.f, 1 / 6.f, -1 / 6.f},
                                 {1 / 24.f, 1 / 12.f, 1 / 6.f},
                                 {1 / 24.f, -1 / 12.f, 1 / 6.f},
                                 {0, 0, 1}};
  const at::Tensor both = at::empty({PRODUCTS, TAPS}, at::kFloat);
  float* to = both.mutable_data_ptr<float>();
  for (int i = 0; i < PRODUCTS; i++)
    for (int tap = 0; tap < TAPS; tap++) *to++ = G[i / PATCH][tap / 3] * G[i % PATCH][tap % 3];
  return both;
}

// Converts O x C x 3 x 3 to 36 matrices of C x O.
at::Tensor transform_weight(const at::Tensor& weight) {
  const at::Tensor taps = weight.permute({2, 3, 1, 0}).reshape({TAPS, -1});
  return kernel_transform().mm(taps).view({PRODUCTS, weight.size(1), weight.size(0)});
}

// Returns a matrix for each product over the start of a buffer: 36 x tiles x channels.
at::Tensor matrices(const at::Tensor& buffer, int64_t tiles, int64_t channels) {
  return buffer.narrow(0, 0, PRODUCTS * tiles * channels).view({PRODUCTS, tiles, channels});
}

at::Tensor buffer(int64_t tiles, int64_t channels, const at::Tensor& like) {
  return at::empty({PRODUCTS * tiles * channels}, like.options());
}

// Writes the transformed patches or gradients of some tiles into 36 x tiles x channels.
template <int SIDE, typename Transform>
void transform_tiles(const at::Tensor& maps, const Tiles& tiles, int64_t first, const at::Tensor& zeros, const at::Tensor& to,
                     Transform&& transform) {
  const int64_t channels = to.size(2), step = to.size(1) * channels, border = (SIDE - TILE) / 2;
  const float *from = values<float>(maps), *outside = values<float>(zeros);
  float* products = to.mutable_data_ptr<float>();
  parallel_rows(to.size(1), [&](int64_t row) {
    const float* pixels[SIDE * SIDE];
    tiles.pixels<SIDE>(first + row, border, from, outside, pixels);
    transform(pixels, channels, products + row * channels, step);
  });
}

void transform_patches(const at::Tensor& maps, const Tiles& tiles, int64_t first, const at::Tensor& zeros,
                       const at::Tensor& to) {
  transform_tiles<PATCH>(maps, tiles, first, zeros, to, winograd::transform_patch);
}

// Calls product(i) for each of the 36 products on libtorch's threads, for which the caller's dispatch state does not count.
template <typename Product>
void each_product(Product&& product) {
  parallel_rows(PRODUCTS, [&](int64_t i) {
    const at::AutoDispatchBelowADInplaceOrView without_gradients;
    product(i);
  });
}

// Convolves with transformed weights, 36 x C x O.
at::Tensor convolve(const at::Tensor& maps, const at::Tensor& weights, const std::optional<at::Tensor>& bias) {
  const int64_t channels = weights.size(1), outputs = weights.size(2);
  const at::Tensor output = empty_maps(maps, outputs);
  const Tiles tiles(maps), written(output);
  const int64_t block = block_of(tiles, ROWS);
  const at::Tensor patches = buffer(block, channels, maps), sums = buffer(block, outputs, maps);
  const at::Tensor zeros = at::zeros({channels}, maps.options());
  const float* shift = bias ? values<float>(*bias) : nullptr;
  float* to = output.mutable_data_ptr<float>();
  for (int64_t first = 0; first < tiles.count(); first += block) {
    const int64_t count = std::min(block, tiles.count() - first);
    const at::Tensor read = matrices(patches, count, channels);
    const at::Tensor products = matrices(sums, count, outputs);
    transform_patches(maps, tiles, first, zeros, read);
    each_product([&](int64_t i) {
      at::Tensor product = products[i];
      at::mm_out(product, read[i], weights[i]);
    });
    const float* from = values<float>(products);
    parallel_rows(count, [&](int64_t row) {
      float* pixels[TILE * TILE];
      written.pixels<TILE>(first + row, 0, to, static_cast<float*>(nullptr), pixels);
      winograd::finish_tile(from + row * outputs, count * outputs, outputs, shift, pixels);
    });
  }
  return output;
}

// Returns the gradient of the weight, O x C x 3 x 3, from the inputs and the gradients of the outputs.
at::Tensor weight_gradient(const at::Tensor& maps, const at::Tensor& gradients) {
  const int64_t channels = maps.size(1), outputs = gradients.size(1);
  const Tiles tiles(maps), given(gradients);
  const int64_t block = block_of(tiles, 2 * ROWS);  // each block reads and writes all sums
  const at::Tensor patches = buffer(block, channels, maps), slopes = buffer(block, outputs, maps);
  const at::Tensor zeros = at::zeros({std::max(channels, outputs)}, maps.options());
  const at::Tensor sums = at::zeros({PRODUCTS, channels, outputs}, maps.options());
  for (int64_t first = 0; first < tiles.count(); first += block) {
    const int64_t count = std::min(block, tiles.count() - first);
    const at::Tensor read = matrices(patches, count, channels), slope = matrices(slopes, count, outputs);
    transform_patches(maps, tiles, first, zeros, read);
    transform_tiles<TILE>(gradients, given, first, zeros, slope, winograd::transform_gradient);
    each_product([&](int64_t i) { sums[i].addmm_(read[i].t(), slope[i]); });
  }
  return kernel_transform().t().mm(sums.view({PRODUCTS, -1})).view({3, 3, channels, outputs}).permute({3, 2, 0, 1});
}

struct WinogradConvolution : torch::autograd::Function<WinogradConvolution> {
  static at::Tensor forward(AutogradContext* context, const at::Tensor& input, const at::Tensor& weight,
                            const std::optional<at::Tensor>& bias) {
    const at::Tensor maps = input.contiguous(LAST);
    context->save_for_backward({maps, weight});
    context->saved_data["bias"] = bias.has_value();
    return convolve(maps, transform_weight(weight), bias ? std::make_optional(bias->contiguous()) : std::nullopt);
  }

  static variable_list backward(AutogradContext* context, variable_list gradients) {
    const variable_list saved = context->get_saved_variables();
    const at::Tensor given = gradients[0].contiguous(LAST);
    at::Tensor input, weight, bias;
    if (context->needs_input_grad(0)) {
      // The convolution of the gradients with the kernel turned by 180 degrees.
      input = convolve(given, transform_weight(saved[1].flip({2, 3}).transpose(0, 1)), std::nullopt);
    }
    if (context->needs_input_grad(1)) {
      weight = weight_gradient(saved[0], given);
    }
    if (context->saved_data["bias"].toBool() && context->needs_input_grad(2)) {
      bias = given.sum({0, 2, 3});
    }
    return {input, weight, bias};
  }
};

void check(const at::Tensor& input, const at::Tensor& weight, const at::Tensor& bias) {
  constexpr at::ScalarType TYPES[] = {at::kFloat};
  const std::string values = "values on the CPU in Float";
  expect(on_host(input, TYPES), "winograd_convolution's input", values, input);
  expect(on_host(weight, TYPES), "winograd_convolution's weight", values, weight);
  TORCH_CHECK(input.dim() == 4 && weight.dim() == 4 && input.size(1) == weight.size(1) && weight.size(2) == 3 && weight.size(3) == 3 &&
                  weight.size(0) % winograd::LANES == 0 && weight.size(1) % winograd::LANES == 0,
              "winograd_convolution expects N x C x H x W and O x C x 3 x 3, C and O multiples of 8, found ", input.sizes(),
              " and ", weight.sizes());
  expect(input.numel() > 0, "winograd_convolution's input", "images", input);
  expect(weight.numel() > 0, "winograd_convolution's weight", "outputs", weight);
  if (bias.defined()) {
    expect(on_host(bias, TYPES) && bias.dim() == 1 && bias.size(0) == weight.size(0), "winograd_convolution's bias",
           "a value in Float on the CPU for each of " + std::to_string(weight.size(0)) + " outputs", bias);
  }
}

}  // namespace

at::Tensor winograd_convolution(const at::Tensor& input, const at::Tensor& weight, const at::Tensor& bias) {
  return guarded([&] {
    RECORD_FUNCTION("ascend4j::winograd_convolution", c10::ArrayRef<const c10::IValue>{});
    check(input, weight, bias);
    return WinogradConvolution::apply(input, weight, bias.defined() ? std::make_optional(bias) : std::nullopt);
  });
}

}  // namespace ascend4j

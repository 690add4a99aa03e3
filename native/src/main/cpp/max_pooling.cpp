#include "max_pooling.h"

#include <ATen/ATen.h>
#include <ATen/native/Pool.h>
#include <ATen/record_function.h>
#include <torch/csrc/autograd/custom_function.h>

#include <algorithm>
#include <limits>

#include "arguments.h"
#include "guarded.h"
#include "max_pooling_kernels.h"
#include "parallel_rows.h"

namespace ascend4j {

namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

constexpr int64_t LARGEST_KERNEL = 15;
constexpr int64_t LARGEST_STRIDE = std::numeric_limits<int32_t>::max();
constexpr int64_t LARGEST_WINDOW = LARGEST_KERNEL * LARGEST_KERNEL;

struct Geometry {
  int64_t images, channels, height, width, kernel, stride, padding;
  int64_t out_height, out_width;

  Geometry(const at::Tensor& input, int64_t kernel, int64_t stride, int64_t padding, bool ceil_mode)
      : images(input.size(0)),
        channels(input.size(1)),
        height(input.size(2)),
        width(input.size(3)),
        kernel(kernel),
        stride(stride),
        padding(padding),
        out_height(outputs(height, ceil_mode)),
        out_width(outputs(width, ceil_mode)) {}

  int64_t outputs(int64_t inputs, bool ceil_mode) const {
    return at::native::pooling_output_shape<int64_t>(inputs, kernel, padding, stride, 1, ceil_mode);
  }
};

// The positions from first (inclusive) to end (exclusive).
struct Range {
  int64_t first, end;
};

Range inputs_of(int64_t output, int64_t inputs, const Geometry& g) {
  const int64_t first = output * g.stride - g.padding;
  return {std::max<int64_t>(first, 0), std::min(first + g.kernel, inputs)};
}

Range outputs_of(int64_t input, int64_t outputs, const Geometry& g) {
  const int64_t reach = input + g.padding - g.kernel;
  return {reach < 0 ? 0 : reach / g.stride + 1, std::min((input + g.padding) / g.stride + 1, outputs)};
}

int64_t tap(int64_t in_y, int64_t in_x, int64_t y, int64_t x, const Geometry& g) {
  return (in_y + g.padding - y * g.stride) * g.kernel + in_x + g.padding - x * g.stride;
}

template <typename Value>
void pool(const Value* input, Value* output, Tap<Value>* taps, const Geometry& g) {
  parallel_rows(g.images * g.out_height, [&](int64_t row) {
    const Value* image = input + row / g.out_height * g.height * g.width * g.channels;
    const Range ys = inputs_of(row % g.out_height, g.height, g);
    PoolingInput<Value> inputs[LARGEST_WINDOW];
    for (int64_t x = 0; x < g.out_width; x++) {
      const Range xs = inputs_of(x, g.width, g);
      int64_t count = 0;
      for (int64_t in_y = ys.first; in_y < ys.end; in_y++)
        for (int64_t in_x = xs.first; in_x < xs.end; in_x++)
          inputs[count++] = {image + (in_y * g.width + in_x) * g.channels, static_cast<Tap<Value>>(tap(in_y, in_x, row % g.out_height, x, g))};
      const int64_t at = (row * g.out_width + x) * g.channels;
      largest(inputs, count, g.channels, output + at, taps == nullptr ? nullptr : taps + at);
    }
  });
}

template <typename Value>
void spread(const Value* gradient, const Tap<Value>* taps, Value* result, const Geometry& g) {
  parallel_rows(g.images * g.height, [&](int64_t row) {
    const int64_t first = row / g.height * g.out_height * g.out_width;
    const Range ys = outputs_of(row % g.height, g.out_height, g);
    PoolingGradient<Value> windows[LARGEST_WINDOW];
    for (int64_t in_x = 0; in_x < g.width; in_x++) {
      const Range xs = outputs_of(in_x, g.out_width, g);
      int64_t count = 0;
      for (int64_t y = ys.first; y < ys.end; y++)
        for (int64_t x = xs.first; x < xs.end; x++) {
          const int64_t at = (first + y * g.out_width + x) * g.channels;
          windows[count++] = {gradient + at, taps + at, static_cast<Tap<Value>>(tap(row % g.height, in_x, y, x, g))};
        }
      gather(windows, count, g.channels, result + (row * g.width + in_x) * g.channels);
    }
  });
}

template <typename Body>
void dispatch(at::ScalarType type, Body&& body) {
  if (type == at::kBFloat16) {
    body(c10::BFloat16());
  } else {
    body(float());
  }
}

// taps stays undefined if the taps are not needed.
at::Tensor pool(const at::Tensor& input, const Geometry& g, at::Tensor* taps) {
  const at::Tensor maps = input.contiguous(at::MemoryFormat::ChannelsLast);
  const at::Tensor output = at::empty({g.images, g.channels, g.out_height, g.out_width}, maps.options(), at::MemoryFormat::ChannelsLast);
  dispatch(maps.scalar_type(), [&](auto zero) {
    using Value = decltype(zero);
    if (taps != nullptr) {
      *taps = at::empty_like(output, output.options().dtype(TapOf<Value>::SCALAR));
    }
    pool(maps.const_data_ptr<Value>(), output.mutable_data_ptr<Value>(), taps == nullptr ? nullptr : taps->mutable_data_ptr<Tap<Value>>(), g);
  });
  return output;
}

struct MaxPooling : torch::autograd::Function<MaxPooling> {
  static at::Tensor forward(AutogradContext* context, const at::Tensor& input, int64_t kernel, int64_t stride, int64_t padding, bool ceil_mode) {
    const Geometry g(input, kernel, stride, padding, ceil_mode);
    at::Tensor taps;
    at::Tensor output = pool(input, g, &taps);
    context->save_for_backward({taps});
    context->saved_data["input"] = input.sizes().vec();
    context->saved_data["window"] = std::vector<int64_t>{kernel, stride, padding, ceil_mode};
    return output;
  }

  static variable_list backward(AutogradContext* context, variable_list gradients) {
    const at::Tensor given = gradients[0].contiguous(at::MemoryFormat::ChannelsLast);
    const auto window = context->saved_data["window"].toIntVector();
    const at::Tensor result = at::empty(context->saved_data["input"].toIntVector(), given.options(), at::MemoryFormat::ChannelsLast);
    const Geometry g(result, window[0], window[1], window[2], window[3]);
    const at::Tensor taps = context->get_saved_variables()[0];
    dispatch(given.scalar_type(), [&](auto zero) {
      using Value = decltype(zero);
      spread(given.const_data_ptr<Value>(), taps.const_data_ptr<Tap<Value>>(), result.mutable_data_ptr<Value>(), g);
    });
    return {result, at::Tensor(), at::Tensor(), at::Tensor(), at::Tensor()};
  }
};

}  // namespace

at::Tensor max_pooling(const at::Tensor& input, int64_t kernel, int64_t stride, int64_t padding, bool ceil_mode) {
  return guarded([&] {
    RECORD_FUNCTION("ascend4j::max_pooling", c10::ArrayRef<const c10::IValue>{});
    expect(on_host(input, {at::kFloat, at::kBFloat16}) && input.dim() == 4 && input.numel() > 0, "max_pooling",
           "N x C x H x W on the CPU in Float or BFloat16", input);
    TORCH_CHECK(kernel >= 1 && kernel <= LARGEST_KERNEL && stride >= 1 && stride <= LARGEST_STRIDE && padding >= 0 && padding <= kernel / 2,
                "max_pooling expects a kernel of 1 to ", LARGEST_KERNEL, ", a positive stride and a padding of at most half the kernel, found ",
                kernel, ", ", stride, " and ", padding);
    TORCH_CHECK(kernel <= std::min(input.size(2), input.size(3)) + 2 * padding, "max_pooling expects windows of ", kernel, " x ", kernel,
                " to fit into ", input.sizes(), " with a padding of ", padding);
    if (at::GradMode::is_enabled() && input.requires_grad()) {
      return MaxPooling::apply(input, kernel, stride, padding, ceil_mode);
    }
    return pool(input, Geometry(input, kernel, stride, padding, ceil_mode), nullptr);
  });
}

}  // namespace ascend4j

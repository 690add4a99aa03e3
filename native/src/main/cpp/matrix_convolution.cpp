#include "matrix_convolution.h"

#include <ATen/ATen.h>
#include <ATen/Dispatch.h>
#include <ATen/autocast_mode.h>
#include <ATen/record_function.h>
#include <c10/core/impl/LocalDispatchKeySet.h>
#include <torch/csrc/autograd/custom_function.h>

#include <algorithm>
#include <cstring>
#include <optional>
#include <string>

#include "arguments.h"
#include "guarded.h"

namespace ascend4j {

namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

struct Geometry {
  int64_t images, channels, height, width, outputs, kernel;

  bool pixelwise() const { return kernel == 1; }
  // The rows of the product, and the number of values that one row reads and produces.
  int64_t rows() const { return pixelwise() ? images * height * width : images; }
  int64_t read() const { return pixelwise() ? channels : height * width * channels; }
  int64_t given() const { return pixelwise() ? outputs : height * width * outputs; }
};

// Calls visit(y, x, in_y, in_x, tap) for each pair of an output pixel and an input pixel that a tap of the kernel
// connects.
template <typename Visit>
void connections(const Geometry& g, Visit&& visit) {
  const int64_t padding = g.kernel / 2;
  for (int64_t y = 0; y < g.height; y++)
    for (int64_t x = 0; x < g.width; x++)
      for (int64_t in_y = std::max<int64_t>(0, y - padding); in_y < std::min(g.height, y + padding + 1); in_y++)
        for (int64_t in_x = std::max<int64_t>(0, x - padding); in_x < std::min(g.width, x + padding + 1); in_x++)
          visit(y, x, in_y, in_x, (in_y - y + padding) * g.kernel + in_x - x + padding);
}

// Converts O x C x k x k, stored as O x k x k x C, to (H W O) x (H W C).
at::Tensor spread(const at::Tensor& weight, const Geometry& g) {
  const at::Tensor taps = weight.permute({0, 2, 3, 1}).contiguous();
  const bool complete = g.height <= g.kernel / 2 + 1 && g.width <= g.kernel / 2 + 1;
  const at::Tensor matrix = complete ? at::empty({g.given(), g.read()}, taps.options()) : at::zeros({g.given(), g.read()}, taps.options());
  const size_t run = g.channels * taps.element_size();
  const char* from = static_cast<const char*>(taps.const_data_ptr());
  char* to = static_cast<char*>(matrix.mutable_data_ptr());
  connections(g, [&](int64_t y, int64_t x, int64_t in_y, int64_t in_x, int64_t tap) {
    for (int64_t o = 0; o < g.outputs; o++) {
      const int64_t row = ((y * g.width + x) * g.outputs + o) * g.height * g.width + in_y * g.width + in_x;
      std::memcpy(to + row * run, from + (o * g.kernel * g.kernel + tap) * run, run);
    }
  });
  return matrix;
}

// The reverse of spread: sums the elements of each tap, in fp32.
at::Tensor collect(const at::Tensor& matrix, const Geometry& g) {
  const at::Tensor taps = at::zeros({g.outputs, g.kernel, g.kernel, g.channels}, matrix.options().dtype(at::kFloat));
  float* to = taps.mutable_data_ptr<float>();
  AT_DISPATCH_FLOATING_TYPES_AND2(at::kBFloat16, at::kHalf, matrix.scalar_type(), "matrix_convolution", [&] {
    const scalar_t* from = matrix.const_data_ptr<scalar_t>();
    connections(g, [&](int64_t y, int64_t x, int64_t in_y, int64_t in_x, int64_t tap) {
      for (int64_t o = 0; o < g.outputs; o++) {
        const int64_t row = ((y * g.width + x) * g.outputs + o) * g.height * g.width + in_y * g.width + in_x;
        const scalar_t* part = from + row * g.channels;
        float* sum = to + (o * g.kernel * g.kernel + tap) * g.channels;
        for (int64_t c = 0; c < g.channels; c++) sum[c] += static_cast<float>(part[c]);
      }
    });
  });
  return taps.permute({0, 3, 1, 2});
}

// Converts N x C x H x W to the rows of the product; returns a view if the channels of a pixel are adjacent.
at::Tensor to_rows(const at::Tensor& maps, int64_t rows) { return maps.permute({0, 2, 3, 1}).reshape({rows, -1}); }

at::Tensor to_maps(const at::Tensor& rows, const Geometry& g) {
  return rows.view({g.images, g.height, g.width, -1}).permute({0, 3, 1, 2});
}

struct MatrixConvolution : torch::autograd::Function<MatrixConvolution> {
  static at::Tensor forward(AutogradContext* context, const at::Tensor& input, const at::Tensor& weight,
                            const std::optional<at::Tensor>& bias, at::ScalarType precision) {
    const c10::impl::ExcludeDispatchKeyGuard cast_already(c10::DispatchKey::AutocastCPU);
    const Geometry g{input.size(0), input.size(1), input.size(2), input.size(3), weight.size(0), weight.size(2)};
    const at::Tensor rows = to_rows(input.to(precision), g.rows());
    const at::Tensor lower = weight.to(precision);
    const at::Tensor matrix = g.pixelwise() ? lower.reshape({g.outputs, g.channels}) : spread(lower, g);
    // The maps own the memory and the product writes into their rows: autograd forbids in-place layers after a function
    // that returns a view.
    const at::Tensor output = at::empty({g.images, g.outputs, g.height, g.width}, rows.options(), at::MemoryFormat::ChannelsLast);
    at::Tensor product = to_rows(output, g.rows());
    if (bias) {
      const at::Tensor shift = bias->to(precision);
      at::addmm_out(product, g.pixelwise() ? shift : shift.repeat(g.height * g.width), rows, matrix.t());
    } else {
      at::mm_out(product, rows, matrix.t());
    }
    context->save_for_backward({rows, matrix});
    context->saved_data["sizes"] = std::vector<int64_t>{g.images, g.channels, g.height, g.width, g.outputs, g.kernel};
    context->saved_data["bias"] = bias.has_value();
    context->saved_data["input"] = input.scalar_type();
    return output;
  }

  static variable_list backward(AutogradContext* context, variable_list gradients) {
    const c10::impl::ExcludeDispatchKeyGuard cast_already(c10::DispatchKey::AutocastCPU);
    const auto sizes = context->saved_data["sizes"].toIntVector();
    const Geometry g{sizes[0], sizes[1], sizes[2], sizes[3], sizes[4], sizes[5]};
    const variable_list saved = context->get_saved_variables();
    const at::Tensor &rows = saved[0], &matrix = saved[1];
    const at::Tensor given = to_rows(gradients[0], g.rows());
    at::Tensor input, weight, bias;
    if (context->needs_input_grad(0)) {
      input = to_maps(given.mm(matrix), g).to(context->saved_data["input"].toScalarType());
    }
    if (context->needs_input_grad(1)) {
      const at::Tensor product = given.t().mm(rows);
      weight = g.pixelwise() ? product.to(at::kFloat).view({g.outputs, g.channels, 1, 1}) : collect(product, g);
    }
    if (context->saved_data["bias"].toBool() && context->needs_input_grad(2)) {
      bias = given.view({-1, g.outputs}).sum(0, false, at::kFloat);
    }
    return {input, weight, bias, at::Tensor()};
  }
};

void check(const at::Tensor& input, const at::Tensor& weight, const at::Tensor& bias) {
  constexpr at::ScalarType TYPES[] = {at::kFloat, at::kBFloat16, at::kHalf, at::kDouble};
  const std::string values = "values on the CPU in Float, BFloat16, Half or Double";
  expect(on_host(input, TYPES), "matrix_convolution's input", values, input);
  expect(on_host(weight, TYPES), "matrix_convolution's weight", values, weight);
  TORCH_CHECK(input.dim() == 4 && weight.dim() == 4 && input.size(1) == weight.size(1) && weight.size(2) == weight.size(3) &&
                  weight.size(2) % 2 == 1,
              "matrix_convolution expects N x C x H x W and O x C x k x k with an odd k, found ", input.sizes(), " and ", weight.sizes());
  expect(input.numel() > 0, "matrix_convolution's input", "images", input);
  expect(weight.numel() > 0, "matrix_convolution's weight", "outputs", weight);
  if (bias.defined()) {
    expect(on_host(bias, TYPES) && bias.dim() == 1 && bias.size(0) == weight.size(0), "matrix_convolution's bias",
           "a value on the CPU for each of " + std::to_string(weight.size(0)) + " outputs", bias);
  }
}

}  // namespace

at::Tensor matrix_convolution(const at::Tensor& input, const at::Tensor& weight, const at::Tensor& bias) {
  return guarded([&] {
    RECORD_FUNCTION("ascend4j::matrix_convolution", c10::ArrayRef<const c10::IValue>{});
    check(input, weight, bias);
    const bool mixed = at::autocast::is_autocast_enabled(at::kCPU);
    return MatrixConvolution::apply(input, weight, bias.defined() ? std::make_optional(bias) : std::nullopt,
                                    mixed ? at::autocast::get_autocast_dtype(at::kCPU) : input.scalar_type());
  });
}

}  // namespace ascend4j

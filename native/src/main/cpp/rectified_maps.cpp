#include "rectified_maps.h"

#include <ATen/ATen.h>
#include <ATen/record_function.h>
#include <torch/csrc/autograd/custom_function.h>

#include <algorithm>
#include <numeric>

#include "arguments.h"
#include "channels_last.h"
#include "guarded.h"
#include "parallel_rows.h"
#include "rectified_maps_kernels.h"

namespace ascend4j {

namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;
using Widths = std::vector<int64_t>;

Widths widths_of(at::TensorList parts) {
  Widths widths;
  for (const at::Tensor& part : parts) widths.push_back(part.size(1));
  return widths;
}

int64_t sum(const Widths& widths) { return std::accumulate(widths.begin(), widths.end(), int64_t{0}); }

// Calls row(whole, part, width, number of the part) for each part of each pixel; whole and part are offsets in
// elements.
template <typename Row>
void each_part(const at::Tensor& whole, const Widths& widths, Row&& row) {
  const int64_t channels = whole.size(1);
  parallel_rows(pixels(whole), [&](int64_t pixel) {
    int64_t first = pixel * channels;
    for (size_t i = 0; i < widths.size(); i++) {
      row(first, pixel * widths[i], widths[i], i);
      first += widths[i];
    }
  });
}

template <typename Value>
std::vector<const Value*> all_values(const variable_list& parts) {
  std::vector<const Value*> all;
  for (const at::Tensor& part : parts) all.push_back(values<Value>(part));
  return all;
}

template <typename Value>
std::vector<Value*> room(const variable_list& parts) {
  std::vector<Value*> all;
  for (const at::Tensor& part : parts) all.push_back(static_cast<Value*>(part.mutable_data_ptr()));
  return all;
}

variable_list contiguous(at::TensorList parts) {
  variable_list all;
  for (const at::Tensor& part : parts) all.push_back(part.contiguous(LAST));
  return all;
}

variable_list split(const at::Tensor& given, const Widths& widths) {
  const at::Tensor maps = given.contiguous(LAST);
  variable_list parts;
  for (int64_t width : widths) parts.push_back(empty_maps(maps, width));
  dispatch(maps, [&](auto zero) {
    using Value = decltype(zero);
    const Value* from = values<Value>(maps);
    const auto to = room<Value>(parts);
    each_part(maps, widths, [&](int64_t whole, int64_t part, int64_t width, size_t i) { rectify(from + whole, to[i] + part, width); });
  });
  return parts;
}

at::Tensor join(at::TensorList given) {
  const variable_list parts = contiguous(given);
  const Widths widths = widths_of(parts);
  const at::Tensor maps = empty_maps(parts[0], sum(widths));
  dispatch(maps, [&](auto zero) {
    using Value = decltype(zero);
    const auto from = all_values<Value>(parts);
    Value* to = static_cast<Value*>(maps.mutable_data_ptr());
    each_part(maps, widths, [&](int64_t whole, int64_t part, int64_t width, size_t i) { rectify(from[i] + part, to + whole, width); });
  });
  return maps;
}

struct RectifiedSplit : torch::autograd::Function<RectifiedSplit> {
  // The widths are passed as a pointer, because autograd treats a vector's elements as arguments.
  static variable_list forward(AutogradContext* context, const at::Tensor& maps, const Widths* widths) {
    variable_list parts = split(maps, *widths);
    context->save_for_backward(parts);
    return parts;
  }

  static variable_list backward(AutogradContext* context, variable_list gradients) {
    const variable_list outputs = context->get_saved_variables(), given = contiguous(gradients);
    const Widths widths = widths_of(outputs);
    const at::Tensor result = empty_maps(outputs[0], sum(widths));
    dispatch(result, [&](auto zero) {
      using Value = decltype(zero);
      const auto output = all_values<Value>(outputs), gradient = all_values<Value>(given);
      Value* to = static_cast<Value*>(result.mutable_data_ptr());
      each_part(result, widths, [&](int64_t whole, int64_t part, int64_t width, size_t i) {
        pass_where_positive(output[i] + part, gradient[i] + part, to + whole, width);
      });
    });
    return {result, at::Tensor()};
  }
};

struct RectifiedJoin : torch::autograd::Function<RectifiedJoin> {
  static at::Tensor forward(AutogradContext* context, at::TensorList parts) {
    at::Tensor maps = join(parts);
    context->save_for_backward({maps});
    context->saved_data["widths"] = widths_of(parts);
    return maps;
  }

  static variable_list backward(AutogradContext* context, variable_list gradients) {
    const Widths widths = context->saved_data["widths"].toIntVector();
    const at::Tensor maps = context->get_saved_variables()[0], given = gradients[0].contiguous(LAST);
    variable_list results;
    for (int64_t width : widths) results.push_back(empty_maps(given, width));
    dispatch(maps, [&](auto zero) {
      using Value = decltype(zero);
      const Value *output = values<Value>(maps), *gradient = values<Value>(given);
      const auto to = room<Value>(results);
      each_part(maps, widths, [&](int64_t whole, int64_t part, int64_t width, size_t i) {
        pass_where_positive(output + whole, gradient + whole, to[i] + part, width);
      });
    });
    return results;
  }
};

bool records(at::TensorList inputs) {
  return at::GradMode::is_enabled() && std::any_of(inputs.begin(), inputs.end(), [](const at::Tensor& input) { return input.requires_grad(); });
}

}  // namespace

std::vector<at::Tensor> rectified_split(const at::Tensor& maps, const int64_t* widths, int64_t parts) {
  return guarded([&] {
    RECORD_FUNCTION("ascend4j::rectified_split", c10::ArrayRef<const c10::IValue>{});
    check_maps("rectified_split", maps);
    const Widths all(widths, widths + parts);
    check_widths("rectified_split", maps, all);
    return records(maps) ? RectifiedSplit::apply(maps, &all) : split(maps, all);
  });
}

at::Tensor rectified_join(const std::vector<at::Tensor>& parts) {
  return guarded([&] {
    RECORD_FUNCTION("ascend4j::rectified_join", c10::ArrayRef<const c10::IValue>{});
    TORCH_CHECK(!parts.empty(), "rectified_join expects maps, found none");
    for (const at::Tensor& part : parts) {
      check_maps("rectified_join", part);
      check_alike("rectified_join", parts[0], part);
    }
    return records(parts) ? RectifiedJoin::apply(at::TensorList(parts)) : join(parts);
  });
}

}  // namespace ascend4j

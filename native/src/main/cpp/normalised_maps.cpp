#include "normalised_maps.h"

#include <ATen/ATen.h>
#include <ATen/record_function.h>
#include <torch/csrc/autograd/custom_function.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>

#include "arguments.h"
#include "channels_last.h"
#include "guarded.h"
#include "normalised_maps_passes.h"

namespace ascend4j {

namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

// What a call computes: the channels of all norms in turn, after those of first, are those of the results in turn.
struct Plan {
  at::Tensor first;                    // kept as it is, or undefined
  std::vector<int64_t> widths;         // of the results
  std::vector<at::Tensor> statistics;  // running mean and variance of each norm
  double momentum, epsilon;
};

// The first result starts with the given number of other channels.
Segments segments_of(int64_t others, at::TensorList maps, const std::vector<int64_t>& widths) {
  Segments segments;
  size_t result = 0;
  int64_t channel = 0, to = others;
  for (size_t number = 0; number < maps.size(); number++) {
    for (int64_t from = 0; from < maps[number].size(1);) {
      if (to == widths[result]) {
        result++;
        to = 0;
      }
      const int64_t width = std::min(maps[number].size(1) - from, widths[result] - to);
      segments.push_back({number, result, from, channel, to, width});
      from += width;
      channel += width;
      to += width;
    }
  }
  return segments;
}

// Writes the constants of a norm from the given channel on, and updates its running statistics.
void prepare(const at::Tensor& maps, const at::Tensor& weight, const at::Tensor& bias, const at::Tensor* running, const Plan& plan, float* constants,
             int64_t stride) {
  const int64_t channels = maps.size(1), count = pixels(maps);
  const Moments batch = moments_of(maps);
  float *mean = running[0].mutable_data_ptr<float>(), *variance = running[1].mutable_data_ptr<float>();
  const float *factor = weight.const_data_ptr<float>(), *offset = bias.const_data_ptr<float>();
  for (int64_t i = 0; i < channels; i++) {
    const double deviation = 1 / std::sqrt(batch.squares[i] / count + plan.epsilon), scale = factor[i] * deviation;
    constants[SCALE * stride + i] = scale;
    constants[SHIFT * stride + i] = offset[i] - batch.mean[i] * scale;
    constants[MEAN * stride + i] = batch.mean[i];
    constants[DEVIATION * stride + i] = deviation;
    mean[i] = (1 - plan.momentum) * mean[i] + plan.momentum * batch.mean[i];
    variance[i] = (1 - plan.momentum) * variance[i] + plan.momentum * batch.squares[i] / (count - 1);
  }
}

struct NormalisedMaps : torch::autograd::Function<NormalisedMaps> {
  // The inputs are the maps of all norms, their weights, their biases, and the plan's first maps if there are any.
  static variable_list forward(AutogradContext* context, at::TensorList inputs, const Plan* plan) {
    const size_t norms = inputs.size() / 3;
    const at::TensorList maps = inputs.slice(0, norms);
    const int64_t others = plan->first.defined() ? plan->first.size(1) : 0;
    const int64_t channels = std::accumulate(plan->widths.begin(), plan->widths.end(), -others);
    const at::Tensor constants = at::empty({CONSTANTS, channels}, maps[0].options().dtype(at::kFloat));
    float* to = constants.mutable_data_ptr<float>();
    for (size_t i = 0; i < norms; i++) {
      prepare(maps[i], inputs[norms + i], inputs[2 * norms + i], &plan->statistics[2 * i], *plan, to, channels);
      to += maps[i].size(1);
    }
    variable_list results, saved = maps.vec();
    for (int64_t width : plan->widths) results.push_back(empty_maps(maps[0], width));
    if (others > 0) results[0].narrow(1, 0, others).copy_(plan->first);
    normalise_all(maps, constants, segments_of(others, maps, plan->widths), results);
    saved.push_back(constants);
    context->save_for_backward(saved);
    context->saved_data["others"] = others;
    context->saved_data["widths"] = plan->widths;
    return results;
  }

  static variable_list backward(AutogradContext* context, variable_list gradients) {
    const variable_list saved = context->get_saved_variables();
    const at::TensorList maps = at::TensorList(saved).slice(0, saved.size() - 1);
    const int64_t others = context->saved_data["others"].toInt();
    for (at::Tensor& gradient : gradients) {
      if (!has_rows(gradient)) gradient = gradient.contiguous(LAST);
    }
    variable_list results =
        gradients_of(maps, saved.back(), segments_of(others, maps, context->saved_data["widths"].toIntVector()), gradients);
    if (others > 0) results.push_back(gradients[0].narrow(1, 0, others));
    results.emplace_back();
    return results;
  }
};

// The maps have passed check_maps.
void check(const char* name, const at::Tensor& maps, at::TensorList norm) {
  expect(pixels(maps) > 1, name, "more than 1 value per channel", maps);
  for (const at::Tensor& tensor : norm) {
    expect(on_host(tensor, {at::kFloat}) && tensor.is_contiguous() && tensor.numel() == maps.size(1), std::string(name) + "'s norm",
           std::to_string(maps.size(1)) + " adjacent values in Float on the CPU", tensor);
  }
}

variable_list apply(const char* name, at::TensorList maps, at::TensorList norms, Plan plan) {
  RECORD_FUNCTION(std::string("ascend4j::") + name, c10::ArrayRef<const c10::IValue>{});
  TORCH_CHECK(!maps.empty(), name, " expects maps to normalise, found none");
  TORCH_CHECK(norms.size() == 4 * maps.size(), name, " expects four tensors of a norm for each of its maps, found ", norms.size(), " for ", maps.size());
  variable_list inputs, weights, biases;
  for (size_t i = 0; i < maps.size(); i++) {
    const at::TensorList norm = norms.slice(4 * i, 4);
    check(name, maps[i], norm);
    check_alike(name, plan.first.defined() ? plan.first : maps[0], maps[i]);
    inputs.push_back(maps[i].contiguous(LAST));
    weights.push_back(norm[0]);
    biases.push_back(norm[1]);
    plan.statistics.push_back(norm[2]);
    plan.statistics.push_back(norm[3]);
  }
  inputs.insert(inputs.end(), weights.begin(), weights.end());
  inputs.insert(inputs.end(), biases.begin(), biases.end());
  if (plan.first.defined()) inputs.push_back(plan.first);
  return NormalisedMaps::apply(at::TensorList(inputs), &plan);
}

}  // namespace

std::vector<at::Tensor> normalised_split(const at::Tensor& maps, const std::vector<at::Tensor>& norm, double momentum, double epsilon,
                                         const int64_t* widths, int64_t parts) {
  return guarded([&] {
    check_maps("normalised_split", maps);
    Plan plan{{}, std::vector<int64_t>(widths, widths + parts), {}, momentum, epsilon};
    check_widths("normalised_split", maps, plan.widths);
    return apply("normalised_split", maps, norm, plan);
  });
}

at::Tensor normalised_join(const at::Tensor& first, const std::vector<at::Tensor>& maps, const std::vector<at::Tensor>& norms, double momentum,
                           double epsilon) {
  return guarded([&] {
    check_maps("normalised_join", first);
    Plan plan{first, {first.size(1)}, {}, momentum, epsilon};
    for (const at::Tensor& part : maps) {
      check_maps("normalised_join", part);
      plan.widths[0] += part.size(1);
    }
    return apply("normalised_join", maps, norms, plan)[0];
  });
}

}  // namespace ascend4j

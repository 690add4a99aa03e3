#include "sync_batch_norm.h"

#include <ATen/ATen.h>
#include <torch/csrc/autograd/custom_function.h>
#include <torch/csrc/distributed/c10d/GroupRegistry.hpp>
#include <torch/csrc/distributed/c10d/ProcessGroup.hpp>

#include <array>
#include <stdexcept>
#include <string>
#include <tuple>
#include <vector>

#include "arguments.h"
#include "guarded.h"

namespace ascend4j {

namespace {

using torch::autograd::AutogradContext;
using torch::autograd::tensor_list;

template <typename Collective>
void together(const std::string& group, Collective&& collective) {
  try {
    guarded([&] { collective(*c10d::resolve_process_group(group))->wait(); });
  } catch (const std::exception& error) {
    throw std::runtime_error(std::string("batch norm over all ranks: ") + error.what());
  }
}

// Returns all axes but that of the channels.
std::vector<int64_t> reduced_axes(const at::Tensor& input) {
  std::vector<int64_t> axes{0};
  for (int64_t axis = 2; axis < input.dim(); ++axis) {
    axes.push_back(axis);
  }
  return axes;
}

struct Statistics {
  at::Tensor mean;
  at::Tensor variance;  // biased
  at::Tensor count;     // of one channel
};

// Gathers instead of summing, so that the squares are of differences from a mean close to the values.
Statistics statistics(const at::Tensor& input, const std::string& group) {
  int64_t channels = input.size(1);
  auto [variance, mean] = at::var_mean(input.to(at::kFloat), reduced_axes(input), /*correction=*/0);
  at::Tensor count = at::full({1}, static_cast<double>(input.numel() / channels), mean.options());
  at::Tensor own = at::cat({mean, variance, count});
  at::Tensor all;
  together(group, [&](c10d::ProcessGroup& ranks) {
    all = at::empty({ranks.getSize() * own.numel()}, own.options());
    return ranks._allgather_base(all, own);
  });
  all = all.view({-1, own.numel()});
  at::Tensor counts = all.narrow(1, 2 * channels, 1);
  at::Tensor total = counts.sum();
  at::Tensor shares = counts.div(total);
  at::Tensor means = all.narrow(1, 0, channels);
  at::Tensor global_mean = means.mul(shares).sum(0);
  at::Tensor spread = means.sub(global_mean).square_().add_(all.narrow(1, channels, channels));
  return {global_mean, spread.mul_(shares).sum(0), total};
}

void follow(const at::Tensor& running, const at::Tensor& value, double momentum) {
  running.mul_(1 - momentum).add_(value, momentum);
}

struct SyncBatchNorm : torch::autograd::Function<SyncBatchNorm> {
  static at::Tensor forward(AutogradContext* context, const at::Tensor& input, const at::Tensor& weight,
                            const at::Tensor& bias, const at::Tensor& running_mean,
                            const at::Tensor& running_variance, double momentum, double epsilon,
                            const std::string& group) {
    Statistics batch = statistics(input, group);
    follow(running_mean, batch.mean, momentum);
    follow(running_variance, batch.variance.mul(batch.count.div(batch.count.sub(1))), momentum);
    context->save_for_backward({input, weight, batch.mean, batch.variance, batch.count});
    context->saved_data["epsilon"] = epsilon;
    context->saved_data["group"] = group;
    // With given statistics this is the normalisation of evaluation mode.
    return std::get<0>(at::native_batch_norm(input, weight, bias, batch.mean, batch.variance, false, 0, epsilon));
  }

  static tensor_list backward(AutogradContext* context, const tensor_list& gradients) {
    tensor_list saved = context->get_saved_variables();
    // For half precision only the result is rounded: the subtracted part may be most of a gradient.
    at::Tensor input = saved[0].to(at::kFloat);
    const at::Tensor& weight = saved[1];
    const at::Tensor& mean = saved[2];
    const at::Tensor& variance = saved[3];
    double epsilon = context->saved_data["epsilon"].toDouble();
    at::Tensor deviation = variance.add(epsilon).rsqrt_();
    // The gradients as if the statistics did not depend on the input; the gradients of weight and bias are the sums
    // that the part for the statistics needs.
    auto [direct, weight_gradient, bias_gradient] = at::native_batch_norm_backward(
        gradients[0].to(at::kFloat), input, weight, mean, variance, mean, deviation, false, epsilon,
        {true, true, true});
    std::vector<at::Tensor> sums{at::stack({weight_gradient, bias_gradient})};
    together(context->saved_data["group"].toStringRef(),
             [&](c10d::ProcessGroup& ranks) { return ranks.allreduce(sums); });
    at::Tensor scale = weight.mul(deviation).div_(saved[4]);
    at::Tensor slope = scale.mul(deviation).mul_(sums[0][0]).neg_();
    at::Tensor shift = scale.mul(sums[0][1]).add_(slope.mul(mean)).neg_();
    std::vector<int64_t> shape(input.dim(), 1);
    shape[1] = -1;
    direct.addcmul_(input, slope.view(shape)).add_(shift.view(shape));
    at::Tensor none;
    return {direct.to(saved[0].scalar_type()), weight_gradient, bias_gradient, none, none, none, none, none};
  }
};

// Checks that values has one value per channel, on the same device as the input.
void check_channels(const at::Tensor& values, const char* name, const at::Tensor& input) {
  expect(values.defined() && values.dim() == 1 && values.size(0) == input.size(1) && values.scalar_type() == at::kFloat &&
             values.device() == input.device(),
         std::string("sync_batch_norm's ") + name,
         std::to_string(input.size(1)) + " values in Float on " + input.device().str(), values);
}

void check_input(const at::Tensor& input, const std::string& group) {
  const char* what = "sync_batch_norm's input";
  expect(input.defined() && input.layout() == at::kStrided && !input.is_meta() && at::isFloatingType(input.scalar_type()),
         what, "N x C x ... in a floating type", input);
  expect(input.dim() >= 2 && input.numel() > 0, what, "N x C x ... with images", input);
  // One value has no variance. Other ranks have at least one value.
  expect(input.numel() > input.size(1) || c10d::resolve_process_group(group)->getSize() > 1, what,
         "more than 1 value per channel over all ranks", input);
}

}  // namespace

at::Tensor sync_batch_norm(const at::Tensor& input, const at::Tensor& weight, const at::Tensor& bias,
                           const at::Tensor& running_mean, const at::Tensor& running_variance, double momentum,
                           double epsilon, const std::string& group) {
  return guarded([&] {
    check_input(input, group);
    check_channels(weight, "weight", input);
    check_channels(bias, "bias", input);
    check_channels(running_mean, "running mean", input);
    check_channels(running_variance, "running variance", input);
    return SyncBatchNorm::apply(input, weight, bias, running_mean, running_variance, momentum, epsilon, group);
  });
}

}  // namespace ascend4j

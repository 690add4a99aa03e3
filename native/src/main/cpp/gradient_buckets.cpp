#include "gradient_buckets.h"

#include <ATen/ATen.h>
#include <torch/csrc/autograd/function_hook.h>
#include <torch/csrc/autograd/utils/grad_layout_contract.h>
#include <torch/csrc/autograd/variable.h>
#include <torch/csrc/distributed/c10d/GroupRegistry.hpp>

#include <memory>
#include <utility>

#include "arguments.h"
#include "guarded.h"

namespace ascend4j {

namespace {

// Returns the gradient as one dimension in its leaf's memory order.
at::Tensor flat(const at::Tensor& leaf) {
  const at::Tensor& gradient = leaf.grad();
  if (!gradient.defined()) {
    return at::zeros({leaf.numel()}, leaf.options().requires_grad(false));
  }
  if (torch::autograd::utils::obeys_layout_contract(gradient, leaf)) {
    return gradient.as_strided({leaf.numel()}, {1});
  }
  return at::empty_strided(leaf.sizes(), leaf.strides(), gradient.options())
      .copy_(gradient)
      .as_strided({leaf.numel()}, {1});
}

}  // namespace

struct GradientBuckets::Hook : torch::autograd::PostAccumulateGradHook {
  Hook(GradientBuckets& owner, size_t bucket) : owner(owner), bucket(bucket) {}

  void operator()(const at::Tensor&) override { owner.ready(bucket); }

  GradientBuckets& owner;
  size_t bucket;
};

GradientBuckets::GradientBuckets(const std::string& group, const at::Tensor& values, const at::Tensor& gradients)
    : group_(guarded([&] { return c10d::resolve_process_group(group); })),
      gradients_(gradients),
      offset_(values.defined() ? values.storage_offset() : 0) {
  guarded([&] {
    expect(values.defined() && values.dim() == 1 && values.is_contiguous(), "gradient_buckets' values",
           "one contiguous dimension", values);
    expect(gradients.defined() && gradients.sizes() == values.sizes() && gradients.is_contiguous() &&
               gradients.scalar_type() == values.scalar_type() && gradients.device() == values.device(),
           "gradient_buckets' gradients", described(values), gradients);
  });
}

GradientBuckets::~GradientBuckets() {
  for (const Bucket& bucket : buckets_) {
    for (const at::Tensor& leaf : bucket.leaves) {
      torch::autograd::impl::set_post_acc_grad_hooks(leaf, nullptr);
    }
  }
}

void GradientBuckets::add(const at::Tensor& leaf, bool new_bucket) {
  guarded([&] {
    expect(leaf.defined() && leaf.is_leaf() && leaf.is_non_overlapping_and_dense() &&
               leaf.scalar_type() == gradients_.scalar_type() && leaf.device() == gradients_.device(),
           "gradient_buckets' leaf", "a dense parameter beside " + described(gradients_), leaf);
    const int64_t start = leaf.storage_offset() - offset_;
    expect(start >= 0 && leaf.numel() <= gradients_.numel() - start, "gradient_buckets' leaf",
           "a view of the values, " + described(gradients_), leaf);
    TORCH_CHECK(new_bucket || !buckets_.empty(), "gradient_buckets expects the first leaf in a new bucket, found none");
    if (new_bucket) {
      buckets_.push_back({{}, start, 0, 0, nullptr});
    }
    Bucket& bucket = buckets_.back();
    TORCH_CHECK(start == bucket.start + bucket.length, "leaves expected side by side");
    bucket.leaves.push_back(leaf);
    bucket.length += leaf.numel();
    torch::autograd::impl::set_post_acc_grad_hooks(leaf, std::make_unique<Hook>(*this, buckets_.size() - 1));
  });
}

void GradientBuckets::arm() {
  for (Bucket& bucket : buckets_) {
    bucket.waiting = static_cast<int64_t>(bucket.leaves.size());
  }
  armed_ = true;
}

// Called by the one thread that autograd has for the leaves' device. finish reports failures that occur here, because
// the ranks wait for each other there anyway.
void GradientBuckets::ready(size_t bucket) {
  if (!armed_ || failure_) {
    return;
  }
  --buckets_[bucket].waiting;
  try {
    while (next_ < buckets_.size() && buckets_[next_].waiting == 0) {
      launch(buckets_[next_++]);
    }
  } catch (...) {
    failure_ = std::current_exception();
  }
}

at::Tensor GradientBuckets::gradients(const Bucket& bucket) const {
  return gradients_.narrow(0, bucket.start, bucket.length);
}

void GradientBuckets::pack(Bucket& bucket) {
  at::NoGradGuard no_grad;
  std::vector<at::Tensor> parts;
  for (const at::Tensor& leaf : bucket.leaves) {
    parts.push_back(flat(leaf));
  }
  at::Tensor target = gradients(bucket);
  at::cat_out(target, parts);
}

void GradientBuckets::reduce(Bucket& bucket) {
  at::NoGradGuard no_grad;
  std::vector<at::Tensor> sum{gradients(bucket)};
  bucket.work = group_->allreduce(sum);
}

void GradientBuckets::launch(Bucket& bucket) {
  pack(bucket);
  reduce(bucket);
}

void GradientBuckets::wait() {
  for (const Bucket& bucket : buckets_) {
    bucket.work->wait();
  }
}

void GradientBuckets::pack() {
  guarded([&] {
    for (Bucket& bucket : buckets_) {
      pack(bucket);
    }
  });
}

void GradientBuckets::sum() {
  guarded([&] {
    for (Bucket& bucket : buckets_) {
      reduce(bucket);
    }
    wait();
  });
}

void GradientBuckets::finish() {
  guarded([&] {
    armed_ = false;
    // Even after a failure, the next pass starts from the first bucket.
    size_t next = std::exchange(next_, 0);
    if (failure_) {
      std::rethrow_exception(std::exchange(failure_, nullptr));
    }
    while (next < buckets_.size()) {
      launch(buckets_[next++]);
    }
    wait();
  });
}

}  // namespace ascend4j

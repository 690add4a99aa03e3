// The sum of a model's gradients over all ranks, in buckets that set off while the backward pass is still running.
#pragma once

#include <ATen/core/Tensor.h>
#include <torch/csrc/distributed/c10d/ProcessGroup.hpp>

#include <cstdint>
#include <exception>
#include <string>
#include <vector>

namespace ascend4j {

// Modelled on c10d::Reducer, which cannot be used: it owns the buckets' memory, divides by the number of ranks, and for
// parameters without a gradient needs a collective and a copy to the host more.
class GradientBuckets {
 public:
  // The leaves are views of values; gradients is as long and takes theirs at the same places.
  GradientBuckets(const std::string& group, const at::Tensor& values, const at::Tensor& gradients);
  ~GradientBuckets();
  GradientBuckets(const GradientBuckets&) = delete;
  GradientBuckets& operator=(const GradientBuckets&) = delete;

  // Adds a leaf to the last bucket, in the order of the buffer, or to a new one. Buckets set off in the order in which
  // they were made, on every rank, whatever the order of the gradients.
  void add(const at::Tensor& leaf, bool new_bucket);

  // Lets the next backward pass set buckets off, each when the last of its gradients has been accumulated.
  void arm();

  // Sets off what the pass has left, with zeros where there is no gradient, and waits for all.
  void finish();

 private:
  struct Hook;
  struct Bucket {
    std::vector<at::Tensor> leaves;
    int64_t start;
    int64_t length;
    int64_t waiting;
    c10::intrusive_ptr<c10d::Work> work;
  };

  void ready(size_t bucket);
  void launch(Bucket& bucket);

  c10::intrusive_ptr<c10d::ProcessGroup> group_;
  at::Tensor gradients_;
  int64_t offset_;
  std::vector<Bucket> buckets_;
  size_t next_ = 0;
  bool armed_ = false;
  std::exception_ptr failure_;
};

}  // namespace ascend4j

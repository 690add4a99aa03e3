// Sums a model's gradients over all ranks, in buckets that start while the backward pass is still running.
#pragma once

#include <ATen/core/Tensor.h>
#include <torch/csrc/distributed/c10d/ProcessGroup.hpp>

#include <cstdint>
#include <exception>
#include <string>
#include <vector>

namespace ascend4j {

// Modelled on c10d::Reducer, which cannot be used: it owns the buckets' memory, divides by the number of ranks, and for
// parameters without a gradient needs an additional collective and a copy to the host.
class GradientBuckets {
 public:
  // The leaves are views of values; gradients has the same length and holds the leaves' gradients at the same
  // positions.
  GradientBuckets(const std::string& group, const at::Tensor& values, const at::Tensor& gradients);
  ~GradientBuckets();
  GradientBuckets(const GradientBuckets&) = delete;
  GradientBuckets& operator=(const GradientBuckets&) = delete;

  // Adds a leaf to the last bucket, in the order of the buffer, or to a new one. On every rank, buckets start in the
  // order of their creation, whatever the order of the gradients.
  void add(const at::Tensor& leaf, bool new_bucket);

  // Enables the next backward pass to start buckets, each when the last of its gradients has been accumulated.
  void arm();

  // Starts the buckets that the pass has not started, with zeros for missing gradients, and waits for all.
  void finish();

  // Copies the gradients to their buffer, with zeros for missing ones: the part of finish before the sums.
  void pack();

  // Sums what pack has written, in the same buckets as finish, and waits.
  void sum();

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
  void pack(Bucket& bucket);
  void reduce(Bucket& bucket);
  void launch(Bucket& bucket);
  void wait();
  at::Tensor gradients(const Bucket& bucket) const;

  c10::intrusive_ptr<c10d::ProcessGroup> group_;
  at::Tensor gradients_;
  int64_t offset_;
  std::vector<Bucket> buckets_;
  size_t next_ = 0;
  bool armed_ = false;
  std::exception_ptr failure_;
};

}  // namespace ascend4j

// Parallel loops over rows on libtorch's own threads.
#pragma once

#include <ATen/TensorIterator.h>
#include <ATen/ops/empty.h>

#include <utility>

namespace ascend4j {

// Calls body(row) for each of the rows, in parts on the threads that libtorch's operators use. libtorch's parallel_for
// is a template: it would link our own compiler's OpenMP runtime, with a second set of threads. An iterator over as
// many bytes runs on libtorch's threads.
template <typename Body>
void parallel_rows(int64_t rows, Body&& body) {
  at::Tensor marks = at::empty({rows}, at::kByte);
  const char* start = static_cast<const char*>(marks.mutable_data_ptr());
  at::TensorIterator iterator = at::TensorIterator::nullary_op(marks);
  iterator.for_each(
      [&](char** data, const int64_t*, int64_t count) {
        const int64_t first = data[0] - start;
        for (int64_t row = first; row < first + count; row++) body(row);
      },
      1);
}

}  // namespace ascend4j

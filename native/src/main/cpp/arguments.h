// Argument checks for the entry points that read a tensor's memory directly: torch's operators check their arguments, a
// pointer does not.
#pragma once

#include <ATen/core/Tensor.h>
#include <c10/util/ArrayRef.h>

#include <string>

namespace ascend4j {

// Returns "[2, 3] on cpu in Float", or "no tensor".
std::string described(const at::Tensor& tensor);

// Returns whether a tensor has values of one of the types in this process's memory, reachable with a pointer and
// strides.
bool on_host(const at::Tensor& tensor, at::ArrayRef<at::ScalarType> types);

// Throws unless fits is true: "WHAT expects EXPECTED, found [2, 3] on cpu in Float".
void expect(bool fits, const std::string& what, const std::string& expected, const at::Tensor& found);

}  // namespace ascend4j

#include "arguments.h"

#include <ATen/ATen.h>
#include <c10/util/Exception.h>

#include <algorithm>
#include <sstream>

namespace ascend4j {

std::string described(const at::Tensor& tensor) {
  if (!tensor.defined()) {
    return "no tensor";
  }
  std::ostringstream text;
  text << tensor.sizes() << " on " << tensor.device() << " in " << tensor.scalar_type();
  if (tensor.layout() != at::kStrided) {
    text << " with layout " << tensor.layout();
  }
  return text.str();
}

bool on_host(const at::Tensor& tensor, at::ArrayRef<at::ScalarType> types) {
  return tensor.defined() && tensor.is_cpu() && tensor.layout() == at::kStrided &&
         std::find(types.begin(), types.end(), tensor.scalar_type()) != types.end();
}

void expect(bool fits, const std::string& what, const std::string& expected, const at::Tensor& found) {
  TORCH_CHECK(fits, what, " expects ", expected, ", found ", described(found));
}

}  // namespace ascend4j

#include "channels_last.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <numeric>

#include "arguments.h"

namespace ascend4j {

void check_maps(const char* name, const at::Tensor& maps) {
  expect(on_host(maps, {at::kFloat, at::kBFloat16}) && maps.dim() == 4, name, "N x C x H x W on the CPU in Float or BFloat16", maps);
}

void check_alike(const char* name, const at::Tensor& first, const at::Tensor& other) {
  TORCH_CHECK(other.scalar_type() == first.scalar_type() && other.size(0) == first.size(0) && other.size(2) == first.size(2) && other.size(3) == first.size(3), name,
              " expects maps that differ in channels only, found ", first.sizes(), " in ", first.scalar_type(), " and ", other.sizes(), " in ", other.scalar_type());
}

void check_widths(const char* name, const at::Tensor& maps, at::IntArrayRef widths) {
  const int64_t channels = maps.size(1), parts = widths.size();
  // A sum of few positive numbers that are not larger than the channels does not overflow.
  const bool fit = parts <= channels && std::all_of(widths.begin(), widths.end(), [&](int64_t width) { return width > 0 && width <= channels; }) &&
                   std::accumulate(widths.begin(), widths.end(), int64_t{0}) == channels;
  TORCH_CHECK(fit, name, " expects positive widths that add up to ", channels, " channels, found ", widths);
}

}  // namespace ascend4j

// Access to maps on the CPU in fp32 or bf16 whose channels are adjacent in memory.
#pragma once

#include <ATen/core/Tensor.h>
#include <ATen/ops/empty.h>

#include <cstdint>

namespace ascend4j {

constexpr auto LAST = at::MemoryFormat::ChannelsLast;

inline int64_t pixels(const at::Tensor& maps) { return maps.size(0) * maps.size(2) * maps.size(3); }

// Returns maps of the same size with another number of channels.
inline at::Tensor empty_maps(const at::Tensor& like, int64_t channels) {
  return at::empty({like.size(0), channels, like.size(2), like.size(3)}, like.options(), LAST);
}

// Calls body with a zero of the type in which kernels receive the values: float, or the bits of bf16.
template <typename Body>
void dispatch(const at::Tensor& maps, Body&& body) {
  if (maps.scalar_type() == at::kBFloat16) {
    body(uint16_t());
  } else {
    body(float());
  }
}

template <typename Value>
const Value* values(const at::Tensor& maps) {
  return static_cast<const Value*>(maps.const_data_ptr());
}

// Each throws unless its arguments fit: N x C x H x W on the CPU in fp32 or bf16; maps that differ in their channels
// only; positive widths that add up to the channels.
void check_maps(const char* name, const at::Tensor& maps);
void check_alike(const char* name, const at::Tensor& first, const at::Tensor& other);
void check_widths(const char* name, const at::Tensor& maps, at::IntArrayRef widths);

}  // namespace ascend4j

#include "normalised_maps_passes.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <optional>

#include "channels_last.h"
#include "normalised_maps_kernels.h"
#include "parallel_rows.h"

namespace ascend4j {

namespace {

// The pixels whose sums are in fp32, and which one thread processes at a time.
constexpr int64_t CHUNK = 256;

const float* row(const at::Tensor& constants, Constant constant) { return constants.const_data_ptr<float>() + constant * constants.size(1); }
Affine affine(const at::Tensor& constants) { return {row(constants, SCALE), row(constants, SHIFT)}; }

template <typename Value>
Rows<const Value> rows(const at::Tensor& maps) {
  return {values<Value>(maps), maps.size(1)};
}

template <typename Value>
Rows<Value> room(const at::Tensor& maps) {
  return {static_cast<Value*>(maps.mutable_data_ptr()), maps.size(1)};
}

int64_t chunks(const at::Tensor& maps) { return (pixels(maps) + CHUNK - 1) / CHUNK; }

// Calls body(number of the chunk, its first pixel, its number of pixels).
template <typename Body>
void each_chunk(const at::Tensor& maps, Body&& body) {
  const int64_t count = pixels(maps);
  parallel_rows(chunks(maps), [&](int64_t chunk) { body(chunk, chunk * CHUNK, std::min(CHUNK, count - chunk * CHUNK)); });
}

// Returns two values of each channel for each chunk, as body(first pixel, number of pixels, first values, second values) writes them.
template <typename Body>
at::Tensor by_chunk(const at::Tensor& maps, int64_t channels, Body&& body) {
  at::Tensor all = at::empty({chunks(maps), 2, channels}, maps.options().dtype(at::kFloat));
  float* to = all.mutable_data_ptr<float>();
  each_chunk(maps, [&](int64_t chunk, int64_t first, int64_t count) {
    float* start = to + chunk * 2 * channels;
    body(first, count, start, start + channels);
  });
  return all;
}

// Returns the distance of neighbouring pixels, also of maps that are some channels of others; none if channels are not adjacent or the distances differ.
std::optional<int64_t> pixel_stride(const at::Tensor& maps) {
  const int64_t height = maps.size(2), width = maps.size(3);
  const int64_t stride = width > 1 ? maps.stride(3) : height > 1 ? maps.stride(2) : maps.stride(0);
  const bool equal = (height == 1 || maps.stride(2) == stride * width) && (maps.size(0) == 1 || maps.stride(0) == stride * width * height);
  return maps.stride(1) == 1 && equal ? std::optional(stride) : std::nullopt;
}

template <typename Value>
Rows<const Value> strided_rows(const at::Tensor& maps) {
  return {values<Value>(maps), *pixel_stride(maps)};
}

// Returns the sums of gradient_sums over all pixels: C of the gradients, then C of the products, of all norms.
std::vector<double> sums_of(at::TensorList maps, const at::Tensor& constants, const Segments& segments, at::TensorList given) {
  at::Tensor parts;
  dispatch(maps[0], [&](auto zero) {
    using Value = decltype(zero);
    parts = by_chunk(maps[0], constants.size(1), [&](int64_t first, int64_t count, float* sums, float* products) {
      for (const Segment& part : segments) {
        gradient_sums(rows<Value>(maps[part.maps]).from(first, part.from), strided_rows<Value>(given[part.result]).from(first, part.to), count,
                      part.width, affine(constants).from(part.channel), row(constants, MEAN) + part.channel, sums + part.channel,
                      products + part.channel);
      }
    });
  });
  std::vector<double> sums(2 * constants.size(1));
  const float* part = parts.const_data_ptr<float>();
  for (int64_t chunk = 0; chunk < parts.size(0); chunk++, part += sums.size()) {
    for (size_t i = 0; i < sums.size(); i++) sums[i] += part[i];
  }
  return sums;
}

}  // namespace

// Merges the moments of the chunks (Chan, Golub and LeVeque).
Moments moments_of(const at::Tensor& maps) {
  const int64_t channels = maps.size(1), count = pixels(maps);
  at::Tensor parts;
  dispatch(maps, [&](auto zero) {
    const auto from = rows<decltype(zero)>(maps);
    parts = by_chunk(maps, channels, [&](int64_t first, int64_t chunk, float* mean, float* squares) {
      moments(from.from(first, 0), chunk, channels, mean, squares);
    });
  });
  Moments merged{std::vector<double>(channels), std::vector<double>(channels)};
  const float* part = parts.const_data_ptr<float>();
  for (int64_t before = 0; before < count; before += CHUNK, part += 2 * channels) {
    const double chunk = std::min(CHUNK, count - before), share = chunk / (before + chunk);
    for (int64_t i = 0; i < channels; i++) {
      const double distance = part[i] - merged.mean[i];
      merged.mean[i] += distance * share;
      merged.squares[i] += part[channels + i] + distance * distance * before * share;
    }
  }
  return merged;
}

bool has_rows(const at::Tensor& maps) { return pixel_stride(maps).has_value(); }

void normalise_all(at::TensorList maps, const at::Tensor& constants, const Segments& segments, at::TensorList results) {
  dispatch(maps[0], [&](auto zero) {
    using Value = decltype(zero);
    each_chunk(maps[0], [&](int64_t, int64_t first, int64_t count) {
      for (const Segment& part : segments) {
        normalise(rows<Value>(maps[part.maps]).from(first, part.from), count, part.width, affine(constants).from(part.channel),
                  room<Value>(results[part.result]).from(first, part.to));
      }
    });
  });
}

std::vector<at::Tensor> gradients_of(at::TensorList maps, const at::Tensor& constants, const Segments& segments, at::TensorList given) {
  const int64_t channels = constants.size(1), count = pixels(maps[0]);
  const std::vector<double> sums = sums_of(maps, constants, segments, given);
  std::vector<float> offset(channels), slope(channels);
  at::Tensor weights = at::empty({channels}, constants.options()), biases = at::empty_like(weights);
  float *weight = weights.mutable_data_ptr<float>(), *bias = biases.mutable_data_ptr<float>();
  for (int64_t i = 0; i < channels; i++) {
    const double scale = row(constants, SCALE)[i], deviation = row(constants, DEVIATION)[i], product = sums[channels + i] * deviation;
    weight[i] = product;
    bias[i] = sums[i];
    offset[i] = scale * sums[i] / count;
    slope[i] = scale * deviation * product / count;
  }
  const Correction correction{row(constants, MEAN), offset.data(), slope.data()};
  std::vector<at::Tensor> results;
  std::vector<int64_t> widths;
  for (const at::Tensor& each : maps) {
    results.push_back(empty_maps(each, each.size(1)));
    widths.push_back(each.size(1));
  }
  dispatch(maps[0], [&](auto zero) {
    using Value = decltype(zero);
    each_chunk(maps[0], [&](int64_t, int64_t first, int64_t rows_of_chunk) {
      for (const Segment& part : segments) {
        map_gradients(rows<Value>(maps[part.maps]).from(first, part.from), strided_rows<Value>(given[part.result]).from(first, part.to),
                      rows_of_chunk, part.width, affine(constants).from(part.channel), correction.from(part.channel),
                      room<Value>(results[part.maps]).from(first, part.from));
      }
    });
  });
  for (const at::Tensor& all : {weights, biases}) {
    for (const at::Tensor& own : all.split_with_sizes(widths)) results.push_back(own);
  }
  return results;
}

}  // namespace ascend4j

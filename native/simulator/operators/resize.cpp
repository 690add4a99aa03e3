// Resampling of images.
#include "wide.h"

using namespace sim;

namespace {

/**
 * Returns the scale, or nothing if it follows from the sizes. That is passed as -1, 0 or 1, depending on operator and
 * wheel; a real scale of 1 keeps the size anyway.
 */
std::optional<double> scale(double value) { return value > 0 && value != 1 ? std::optional(value) : std::nullopt; }

}  // namespace

OPERATOR(aclnnUpsampleBilinear2d, Tensor self, Ints size, bool align, double scale_h, double scale_w, Tensor out) {
    out.copy_(at::upsample_bilinear2d(wide(self), size, align, scale(scale_h), scale(scale_w)));
}

#define BILINEAR_BACKWARD(name)                                                                                 \
    OPERATOR(name, Tensor grad, Ints size, Ints input_size, bool align, double scale_h, double scale_w,         \
             Tensor out) {                                                                                      \
        out.copy_(at::upsample_bilinear2d_backward(wide(grad), size, input_size, align, scale(scale_h),         \
                                                   scale(scale_w)));                                            \
    }

BILINEAR_BACKWARD(aclnnUpsampleBilinear2dBackward)
BILINEAR_BACKWARD(aclnnUpsampleBilinear2dBackwardV2)

OPERATOR(aclnnUpsampleNearest2d, Tensor self, Ints size, Tensor out) {
    out.copy_(at::upsample_nearest2d(wide(self), size));
}

OPERATOR(aclnnUpsampleNearest2dV2, Tensor self, Ints size, float scale_h, float scale_w, Tensor out) {
    out.copy_(at::upsample_nearest2d(wide(self), size, scale(scale_h), scale(scale_w)));
}

OPERATOR(aclnnUpsampleNearest2dBackward, Tensor grad, Ints size, Ints input_size, double scale_h, double scale_w,
         Tensor out) {
    out.copy_(at::upsample_nearest2d_backward(wide(grad), size, input_size, scale(scale_h), scale(scale_w)));
}

OPERATOR(aclnnGridSampler2D, Tensor self, Tensor grid, int64_t interpolation, int64_t padding, bool align,
         Tensor out) {
    out.copy_(at::grid_sampler_2d(wide(self), wide(grid), interpolation, padding, align));
}

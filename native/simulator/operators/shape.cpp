// Joining, mirroring, shifting, padding, repeating.
#include "wide.h"

using namespace sim;

OPERATOR(aclnnCat, Tensors tensors, int64_t axis, Tensor out) { out.copy_(at::cat(tensors, axis)); }
OPERATOR(aclnnStack, Tensors tensors, int64_t axis, Tensor out) { out.copy_(at::stack(tensors, axis)); }
OPERATOR(aclnnFlip, Tensor self, Ints axes, Tensor out) { out.copy_(at::flip(self, axes)); }
OPERATOR(aclnnRoll, Tensor self, Ints shifts, Ints axes, Tensor out) { out.copy_(at::roll(self, shifts, axes)); }
OPERATOR(aclnnRepeat, Tensor self, Ints repeats, Tensor out) { out.copy_(self.repeat(repeats)); }
OPERATOR(aclnnPermute, Tensor self, Ints axes, Tensor out) { out.copy_(self.permute(axes)); }

OPERATOR(aclnnConstantPadNd, Tensor self, Ints padding, Scalar value, Tensor out) {
    out.copy_(at::constant_pad_nd(self, padding, value));
}

OPERATOR(aclnnReflectionPad2d, Tensor self, Ints padding, Tensor out) {
    out.copy_(at::reflection_pad2d(self, padding));
}

OPERATOR(aclnnReflectionPad2dBackward, Tensor grad, Tensor self, Ints padding, Tensor out) {
    out.copy_(at::reflection_pad2d_backward(grad, self, padding));
}

OPERATOR(aclnnReplicationPad2d, Tensor self, Ints padding, Tensor out) {
    out.copy_(at::replication_pad2d(self, padding));
}

OPERATOR(aclnnRepeatInterleaveInt, Tensor self, int64_t repeats, int64_t /*size*/, Tensor out) {
    out.copy_(at::repeat_interleave(self, repeats));
}

OPERATOR(aclnnRepeatInterleaveIntWithDim, Tensor self, int64_t repeats, int64_t axis, int64_t /*size*/, Tensor out) {
    out.copy_(at::repeat_interleave(self, repeats, axis));
}

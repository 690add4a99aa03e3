// Concatenation, flipping, rolling, padding, repetition.
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

OPERATOR(aclnnReplicationPad2dBackward, Tensor grad, Tensor self, Ints padding, Tensor out) {
    out.copy_(at::replication_pad2d_backward(grad, self, padding));
}

OPERATOR(aclnnRepeatInterleaveInt, Tensor self, int64_t repeats, int64_t /*size*/, Tensor out) {
    out.copy_(at::repeat_interleave(self, repeats));
}

OPERATOR(aclnnRepeatInterleaveIntWithDim, Tensor self, int64_t repeats, int64_t axis, int64_t /*size*/, Tensor out) {
    out.copy_(at::repeat_interleave(self, repeats, axis));
}

OPERATOR(aclnnChannelShuffle, Tensor self, int64_t groups, Tensor out) {
    out.copy_(at::channel_shuffle(self, groups));
}

OPERATOR(aclnnUnfoldGrad, Tensor grad, Ints sizes, int64_t axis, int64_t size, int64_t step, Tensor out) {
    out.copy_(at::unfold_backward(grad, sizes, axis, size, step));
}

OPERATOR(aclnnIm2col, Tensor self, Ints kernel, Ints dilation, Ints padding, Ints stride, Tensor out) {
    out.copy_(at::im2col(wide(self), kernel, dilation, padding, stride));
}

OPERATOR(aclnnIm2colBackward, Tensor grad, Ints size, Ints kernel, Ints dilation, Ints padding, Ints stride,
         Tensor out) {
    out.copy_(at::col2im(wide(grad), size, kernel, dilation, padding, stride));
}

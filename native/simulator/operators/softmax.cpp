// Softmax and its logarithm.
#include "wide.h"

using namespace sim;

OPERATOR(aclnnSoftmax, Tensor self, int64_t axis, Tensor out) { out.copy_(at::softmax(wide(self), axis)); }
OPERATOR(aclnnLogSoftmax, Tensor self, int64_t axis, Tensor out) { out.copy_(at::log_softmax(wide(self), axis)); }

OPERATOR(aclnnSoftmaxBackward, Tensor grad, Tensor output, int64_t axis, Tensor out) {
    out.copy_(at::_softmax_backward_data(wide(grad), wide(output), axis, wide(output).scalar_type()));
}

OPERATOR(aclnnLogSoftmaxBackward, Tensor grad, Tensor output, int64_t axis, Tensor out) {
    out.copy_(at::_log_softmax_backward_data(wide(grad), wide(output), axis, wide(output).scalar_type()));
}

// Matrix products.
#include "wide.h"

using namespace sim;

OPERATOR(aclnnMm, Tensor self, Tensor other, Tensor out, int8_t /*cube_math_type*/) {
    out.copy_(at::mm(wide(self), wide(other)));
}

OPERATOR(aclnnMatmul, Tensor self, Tensor other, Tensor out, int8_t /*cube_math_type*/) {
    out.copy_(at::matmul(wide(self), wide(other)));
}

OPERATOR(aclnnBatchMatMul, Tensor self, Tensor other, Tensor out, int8_t /*cube_math_type*/) {
    out.copy_(at::bmm(wide(self), wide(other)));
}

OPERATOR(aclnnMv, Tensor self, Tensor vector, Tensor out, int8_t /*cube_math_type*/) {
    out.copy_(at::mv(wide(self), wide(vector)));
}

OPERATOR(aclnnDot, Tensor self, Tensor other, Tensor out) { out.copy_(at::dot(wide(self), wide(other))); }

OPERATOR(aclnnAddmm, Tensor self, Tensor first, Tensor second, Scalar beta, Scalar alpha, Tensor out,
         int8_t /*cube_math_type*/) {
    out.copy_(at::addmm(wide(self), wide(first), wide(second), beta, alpha));
}

OPERATOR(aclnnInplaceAddmm, Tensor self, Tensor first, Tensor second, Scalar beta, Scalar alpha,
         int8_t /*cube_math_type*/) {
    self.copy_(at::addmm(wide(self), wide(first), wide(second), beta, alpha));
}

OPERATOR(aclnnBaddbmm, Tensor self, Tensor first, Tensor second, Scalar beta, Scalar alpha, Tensor out,
         int8_t /*cube_math_type*/) {
    out.copy_(at::baddbmm(wide(self), wide(first), wide(second), beta, alpha));
}

OPERATOR(aclnnAddmv, Tensor self, Tensor matrix, Tensor vector, Scalar alpha, Scalar beta, Tensor out,
         int8_t /*cube_math_type*/) {
    out.copy_(at::addmv(wide(self), wide(matrix), wide(vector), beta, alpha));
}

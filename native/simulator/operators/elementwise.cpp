// Functions of one tensor, clamps, and the derivatives of activations.
#include "operator.h"

using namespace sim;

#define UNARY(name, function) \
    OPERATOR(aclnn##name, Tensor self, Tensor out) { out.copy_(function(self)); }

#define UNARY_INPLACE(name, function) \
    UNARY(name, function)             \
    OPERATOR(aclnnInplace##name, Tensor self) { self.copy_(function(self)); }

UNARY(Abs, at::abs)
UNARY(Sign, at::sign)
UNARY(Signbit, at::signbit)
UNARY(Silu, at::silu)
UNARY(Hardswish, at::hardswish)
UNARY(IsFinite, at::isfinite)
UNARY(IsPosInf, at::isposinf)
UNARY(IsNegInf, at::isneginf)
UNARY_INPLACE(Neg, at::neg)
UNARY_INPLACE(Exp, at::exp)
UNARY_INPLACE(Exp2, at::exp2)
UNARY_INPLACE(Expm1, at::expm1)
UNARY_INPLACE(Log, at::log)
UNARY_INPLACE(Log2, at::log2)
UNARY_INPLACE(Log10, at::log10)
UNARY_INPLACE(Log1p, at::log1p)
UNARY_INPLACE(Sqrt, at::sqrt)
UNARY_INPLACE(Rsqrt, at::rsqrt)
UNARY_INPLACE(Reciprocal, at::reciprocal)
UNARY_INPLACE(Sin, at::sin)
UNARY_INPLACE(Cos, at::cos)
UNARY_INPLACE(Tan, at::tan)
UNARY_INPLACE(Atan, at::atan)
UNARY_INPLACE(Tanh, at::tanh)
UNARY_INPLACE(Erf, at::erf)
UNARY_INPLACE(Erfinv, at::erfinv)
UNARY_INPLACE(Floor, at::floor)
UNARY_INPLACE(Ceil, at::ceil)
UNARY_INPLACE(Round, at::round)
UNARY_INPLACE(Trunc, at::trunc)
UNARY_INPLACE(Relu, at::relu)
UNARY_INPLACE(Sigmoid, at::sigmoid)
UNARY_INPLACE(Hardsigmoid, at::hardsigmoid)
UNARY_INPLACE(LogicalNot, at::logical_not)
UNARY(BitwiseNot, at::bitwise_not)

OPERATOR(aclnnGelu, Tensor self, Tensor out) { out.copy_(at::gelu(self)); }
OPERATOR(aclnnGeluBackward, Tensor grad, Tensor self, Tensor out) { out.copy_(at::gelu_backward(grad, self)); }
OPERATOR(aclnnLeakyRelu, Tensor self, Scalar slope, Tensor out) { out.copy_(at::leaky_relu(self, slope)); }
OPERATOR(aclnnInplaceLeakyRelu, Tensor self, Scalar slope) { self.copy_(at::leaky_relu(self, slope)); }

OPERATOR(aclnnLeakyReluBackward, Tensor grad, Tensor self, Scalar slope, bool is_result, Tensor out) {
    out.copy_(at::leaky_relu_backward(grad, self, slope, is_result));
}

OPERATOR(aclnnHardtanh, Tensor self, Scalar low, Scalar high, Tensor out) { out.copy_(at::hardtanh(self, low, high)); }

OPERATOR(aclnnSoftplus, Tensor self, Scalar beta, Scalar threshold, Tensor out) {
    out.copy_(at::softplus(self, beta, threshold));
}

OPERATOR(aclnnThreshold, Tensor self, Scalar threshold, Scalar value, Tensor out) {
    out.copy_(at::threshold(self, threshold, value));
}

OPERATOR(aclnnInplaceThreshold, Tensor self, Scalar threshold, Scalar value) {
    self.copy_(at::threshold(self, threshold, value));
}

OPERATOR(aclnnThresholdBackward, Tensor grad, Tensor self, Scalar threshold, Tensor out) {
    out.copy_(at::threshold_backward(grad, self, threshold));
}

OPERATOR(aclnnSigmoidBackward, Tensor grad, Tensor output, Tensor out) {
    out.copy_(at::sigmoid_backward(grad, output));
}

OPERATOR(aclnnTanhBackward, Tensor grad, Tensor output, Tensor out) { out.copy_(at::tanh_backward(grad, output)); }
OPERATOR(aclnnSiluBackward, Tensor grad, Tensor self, Tensor out) { out.copy_(at::silu_backward(grad, self)); }

OPERATOR(aclnnClamp, Tensor self, MaybeScalar low, MaybeScalar high, Tensor out) {
    out.copy_(at::clamp(self, low, high));
}

OPERATOR(aclnnClampTensor, Tensor self, MaybeTensor low, MaybeTensor high, Tensor out) {
    out.copy_(at::clamp(self, low, high));
}

OPERATOR(aclnnClampMin, Tensor self, Scalar low, Tensor out) { out.copy_(at::clamp_min(self, low)); }
OPERATOR(aclnnClampMinTensor, Tensor self, Tensor low, Tensor out) { out.copy_(at::clamp_min(self, low)); }
OPERATOR(aclnnInplaceClampMinTensor, Tensor self, Tensor low) { self.copy_(at::clamp_min(self, low)); }
OPERATOR(aclnnClampMax, Tensor self, Scalar high, Tensor out) { out.copy_(at::clamp_max(self, high)); }
OPERATOR(aclnnClampMaxTensor, Tensor self, Tensor high, Tensor out) { out.copy_(at::clamp_max(self, high)); }
OPERATOR(aclnnInplaceClampMax, Tensor self, Scalar high) { self.copy_(at::clamp_max(self, high)); }
OPERATOR(aclnnInplaceClampMaxTensor, Tensor self, Tensor high) { self.copy_(at::clamp_max(self, high)); }

OPERATOR(aclnnNanToNum, Tensor self, float nan, float infinity, float minus_infinity, Tensor out) {
    out.copy_(at::nan_to_num(self, nan, infinity, minus_infinity));
}

OPERATOR(aclnnInplaceNanToNum, Tensor self, float nan, float infinity, float minus_infinity) {
    self.copy_(at::nan_to_num(self, nan, infinity, minus_infinity));
}

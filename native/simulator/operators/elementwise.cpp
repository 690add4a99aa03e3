// Functions of one tensor, and clamps.
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
UNARY_INPLACE(LogicalNot, at::logical_not)
UNARY(BitwiseNot, at::bitwise_not)

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

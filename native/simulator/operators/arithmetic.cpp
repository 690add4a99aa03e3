// Sums, products, quotients, powers and their scalar and in-place forms.
#include "operator.h"

using namespace sim;

/** Out-of-place and in-place forms of a binary operator; COMPUTE uses self and other. */
#define BINARY(name, Other, compute)                                             \
    OPERATOR(aclnn##name, Tensor self, Other other, Tensor out) { out.copy_(compute); } \
    OPERATOR(aclnnInplace##name, Tensor self, Other other) { self.copy_(compute); }

/** The same forms with a scale for the second operand. */
#define SCALED(name, Other, compute)                                                           \
    OPERATOR(aclnn##name, Tensor self, Other other, Scalar alpha, Tensor out) { out.copy_(compute); } \
    OPERATOR(aclnnInplace##name, Tensor self, Other other, Scalar alpha) { self.copy_(compute); }

SCALED(Add, Tensor, at::add(self, other, alpha))
SCALED(Adds, Scalar, at::add(self, other, alpha))
SCALED(Sub, Tensor, at::sub(self, other, alpha))
SCALED(Subs, Scalar, at::sub(self, other, alpha))

OPERATOR(aclnnAddV3, Scalar self, Tensor other, Scalar alpha, Tensor out) {
    out.copy_(at::add(at::mul(other, alpha), self));
}

OPERATOR(aclnnRsub, Tensor self, Tensor other, Scalar alpha, Tensor out) { out.copy_(at::rsub(self, other, alpha)); }
OPERATOR(aclnnRsubs, Tensor self, Scalar other, Scalar alpha, Tensor out) { out.copy_(at::rsub(self, other, alpha)); }

BINARY(Mul, Tensor, at::mul(self, other))
BINARY(Muls, Scalar, at::mul(self, other))
BINARY(Div, Tensor, at::div(self, other))
BINARY(Divs, Scalar, at::div(self, other))
BINARY(FloorDivide, Tensor, at::floor_divide(self, other))
BINARY(FloorDivides, Scalar, at::floor_divide(self, other))
BINARY(FmodTensor, Tensor, at::fmod(self, other))
BINARY(FmodScalar, Scalar, at::fmod(self, other))
BINARY(RemainderTensorTensor, Tensor, at::remainder(self, other))
BINARY(RemainderTensorScalar, Scalar, at::remainder(self, other))
BINARY(PowTensorTensor, Tensor, at::pow(self, other))
BINARY(PowTensorScalar, Scalar, at::pow(self, other))
BINARY(Atan2, Tensor, at::atan2(self, other))

OPERATOR(aclnnPowScalarTensor, Scalar self, Tensor exponent, Tensor out) { out.copy_(at::pow(self, exponent)); }
OPERATOR(aclnnRemainderScalarTensor, Scalar self, Tensor other, Tensor out) { out.copy_(at::remainder(self, other)); }
OPERATOR(aclnnMaximum, Tensor self, Tensor other, Tensor out) { out.copy_(at::maximum(self, other)); }
OPERATOR(aclnnMinimum, Tensor self, Tensor other, Tensor out) { out.copy_(at::minimum(self, other)); }

namespace {

/** Divides by the MODE of rounding: 0 true division, 1 truncated, 2 floored. */
template <typename Other>
Tensor divide(const Tensor& self, const Other& other, int mode) {
    return mode == 0 ? at::div(self, other) : at::div(self, other, mode == 1 ? "trunc" : "floor");
}

}  // namespace

OPERATOR(aclnnDivMod, Tensor self, Tensor other, int mode, Tensor out) { out.copy_(divide(self, other, mode)); }
OPERATOR(aclnnDivMods, Tensor self, Scalar other, int mode, Tensor out) { out.copy_(divide(self, other, mode)); }
OPERATOR(aclnnInplaceDivMod, Tensor self, Tensor other, int mode) { self.copy_(divide(self, other, mode)); }
OPERATOR(aclnnInplaceDivMods, Tensor self, Scalar other, int mode) { self.copy_(divide(self, other, mode)); }

/** Forms of self + value * f(first, second). */
#define COMBINED(name, function)                                                                              \
    OPERATOR(aclnn##name, Tensor self, Tensor first, Tensor second, Scalar value, Tensor out) {               \
        out.copy_(function(self, first, second, value));                                                      \
    }                                                                                                         \
    OPERATOR(aclnnInplace##name, Tensor self, Tensor first, Tensor second, Scalar value) {                    \
        self.copy_(function(self, first, second, value));                                                     \
    }

COMBINED(Addcmul, at::addcmul)
COMBINED(Addcdiv, at::addcdiv)

#define INTERPOLATION(name, Weight)                                                            \
    OPERATOR(aclnn##name, Tensor self, Tensor end, Weight weight, Tensor out) {                \
        out.copy_(at::lerp(self, end, weight));                                                \
    }                                                                                          \
    OPERATOR(aclnnInplace##name, Tensor self, Tensor end, Weight weight) {                     \
        self.copy_(at::lerp(self, end, weight));                                               \
    }

INTERPOLATION(Lerp, Tensor)
INTERPOLATION(Lerps, Scalar)

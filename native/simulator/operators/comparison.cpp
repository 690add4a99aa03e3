// Comparisons, logic, bits and selection by a condition.
#include "operator.h"

using namespace sim;

#define BINARY(name, Other, compute)                                                    \
    OPERATOR(aclnn##name, Tensor self, Other other, Tensor out) { out.copy_(compute); } \
    OPERATOR(aclnnInplace##name, Tensor self, Other other) { self.copy_(compute); }

#define COMPARISON(name, function)                        \
    BINARY(name##Tensor, Tensor, function(self, other))   \
    BINARY(name##Scalar, Scalar, function(self, other))

COMPARISON(Eq, at::eq)
COMPARISON(Ne, at::ne)
COMPARISON(Gt, at::gt)
COMPARISON(Ge, at::ge)
COMPARISON(Lt, at::lt)
COMPARISON(Le, at::le)
COMPARISON(BitwiseAnd, at::bitwise_and)
COMPARISON(BitwiseOr, at::bitwise_or)
COMPARISON(BitwiseXor, at::bitwise_xor)
BINARY(LogicalAnd, Tensor, at::logical_and(self, other))
BINARY(LogicalOr, Tensor, at::logical_or(self, other))

OPERATOR(aclnnLogicalXor, Tensor self, Tensor other, Tensor out) { out.copy_(at::logical_xor(self, other)); }

OPERATOR(aclnnEqual, Tensor self, Tensor other, Tensor out) { out.fill_(at::equal(self, other)); }

OPERATOR(aclnnIsClose, Tensor self, Tensor other, double relative, double absolute, bool equal_nan, Tensor out) {
    out.copy_(at::isclose(self, other, relative, absolute, equal_nan));
}

OPERATOR(aclnnSWhere, Tensor condition, Tensor self, Tensor other, Tensor out) {
    out.copy_(at::where(condition.to(at::kBool), self, other));
}

OPERATOR(aclnnInplaceMaskedFillScalar, Tensor self, Tensor mask, Scalar value) {
    self.masked_fill_(mask.to(at::kBool), value);
}

OPERATOR(aclnnInplaceMaskedFillTensor, Tensor self, Tensor mask, Tensor value) {
    self.masked_fill_(mask.to(at::kBool), value);
}

OPERATOR(aclnnMaskedScale, Tensor self, Tensor mask, float scale, Tensor out) {
    out.copy_(self.mul(mask.to(self.scalar_type())).mul(scale));
}

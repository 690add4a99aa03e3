// Filling, copying and casting, and tensors made from a rule.
#include "operator.h"

using namespace sim;

OPERATOR(aclnnInplaceZero, Tensor self) { self.zero_(); }
OPERATOR(aclnnInplaceOne, Tensor self) { self.fill_(1); }
OPERATOR(aclnnInplaceFillScalar, Tensor self, Scalar value) { self.fill_(value); }
OPERATOR(aclnnInplaceFillTensor, Tensor self, Tensor value) { self.copy_(value); }
OPERATOR(aclnnInplaceCopy, Tensor self, Tensor source) { self.copy_(source); }
OPERATOR(aclnnCast, Tensor self, at::ScalarType, Tensor out) { out.copy_(self); }

OPERATOR(aclnnArange, Scalar start, Scalar end, Scalar step, Tensor out) {
    out.copy_(at::arange(start, end, step, out.options()));
}

OPERATOR(aclnnRange, Scalar start, Scalar end, Scalar step, Tensor out) {
    out.copy_(at::range(start, end, step, out.options()));
}

OPERATOR(aclnnLinspace, Scalar start, Scalar end, int64_t steps, Tensor out) {
    out.copy_(at::linspace(start, end, steps, out.options()));
}

OPERATOR(aclnnEye, int64_t rows, int64_t columns, Tensor out) { out.copy_(at::eye(rows, columns, out.options())); }

OPERATOR(aclnnTril, Tensor self, int64_t diagonal, Tensor out) { out.copy_(at::tril(self, diagonal)); }
OPERATOR(aclnnTriu, Tensor self, int64_t diagonal, Tensor out) { out.copy_(at::triu(self, diagonal)); }
OPERATOR(aclnnInplaceTril, Tensor self, int64_t diagonal) { self.copy_(at::tril(self, diagonal)); }
OPERATOR(aclnnInplaceTriu, Tensor self, int64_t diagonal) { self.copy_(at::triu(self, diagonal)); }

OPERATOR(aclnnOneHot, Tensor self, int64_t classes, Tensor on, Tensor off, int64_t axis, Tensor out) {
    Tensor hot = at::one_hot(self.to(at::kLong), classes).to(at::kBool);
    out.copy_(at::where(axis < 0 ? hot : hot.movedim(-1, axis), on.to(out.scalar_type()), off.to(out.scalar_type())));
}

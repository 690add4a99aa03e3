// Operators whose output size depends on the values; torch_npu synchronises to read the size.
#include "operator.h"

using namespace sim;

OPERATOR(aclnnNonzero, Tensor self, Sized out) { out.assign(at::nonzero(self)); }
OPERATOR(aclnnNonzeroV2, Tensor self, Sized out) { out.assign(at::nonzero(self).t()); }
OPERATOR(aclnnMaskedSelect, Tensor self, Tensor mask, Sized out) { out.assign(at::masked_select(self, mask)); }

OPERATOR(aclnnUnique2, Tensor self, bool sorted, bool with_inverse, bool with_counts, Sized out, Sized inverse,
         Sized counts) {
    auto [values, positions, numbers] = at::_unique2(self, sorted, with_inverse, with_counts);
    out.assign(values);
    if (with_inverse) {
        inverse.assign(positions);
    }
    if (with_counts) {
        counts.assign(numbers);
    }
}

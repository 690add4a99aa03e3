// Reading and writing by indices.
#include "operator.h"

using namespace sim;

namespace {

/**
 * Returns the list of indices. An axis that is not indexed is passed as an empty tensor. (Truly empty indices select
 * nothing, and callers return earlier for them.)
 */
c10::List<std::optional<Tensor>> index_list(const MaybeTensors& indices) {
    c10::List<std::optional<Tensor>> list;
    for (const MaybeTensor& index : indices) {
        list.push_back(index && index->numel() > 0 ? index : std::nullopt);
    }
    return list;
}

/** Applies the REDUCTION of the scatter operators: 0 overwrites, 1 adds, 2 multiplies. */
template <typename Value>
Tensor scatter(const Tensor& self, int64_t axis, const Tensor& index, const Value& value, int64_t reduction) {
    Tensor positions = index.to(at::kLong);
    return reduction == 0 ? at::scatter(self, axis, positions, value)
                          : at::scatter(self, axis, positions, value, reduction == 1 ? "add" : "multiply");
}

}  // namespace

OPERATOR(aclnnIndexSelect, Tensor self, int64_t axis, Tensor index, Tensor out) {
    out.copy_(at::index_select(self, axis, index));
}

OPERATOR(aclnnGather, Tensor self, int64_t axis, Tensor index, Tensor out) {
    out.copy_(at::gather(self, axis, index.to(at::kLong)));
}

OPERATOR(aclnnIndex, Tensor self, MaybeTensors indices, Tensor out) {
    if (out.numel() > 0) {
        out.copy_(at::index(self, index_list(indices)));
    }
}

OPERATOR(aclnnIndexPutImpl, Tensor self, MaybeTensors indices, Tensor values, bool accumulate, bool /*unsafe*/) {
    if (values.numel() > 0) {
        self.index_put_(index_list(indices), values, accumulate);
    }
}

OPERATOR(aclnnIndexAdd, Tensor self, int64_t axis, Tensor index, Tensor source, Scalar alpha, Tensor out) {
    out.copy_(at::index_add(self, axis, index, source, alpha));
}

OPERATOR(aclnnIndexFillTensor, Tensor self, int64_t axis, Ints index, Scalar value, Tensor out) {
    out.copy_(at::index_fill(self, axis, at::tensor(index), value));
}

OPERATOR(aclnnInplaceIndexFillTensor, Tensor self, int64_t axis, Ints index, Scalar value) {
    self.index_fill_(axis, at::tensor(index), value);
}

OPERATOR(aclnnIndexFill, Tensor self, int64_t axis, Tensor index, Scalar value, Tensor out) {
    out.copy_(at::index_fill(self, axis, index.to(at::kLong), value));
}

OPERATOR(aclnnInplaceIndexFill, Tensor self, int64_t axis, Tensor index, Scalar value) {
    self.index_fill_(axis, index.to(at::kLong), value);
}

OPERATOR(aclnnIndexCopy, Tensor self, int64_t axis, Tensor index, Tensor source, Tensor out) {
    out.copy_(at::index_copy(self, axis, index, source));
}

OPERATOR(aclnnInplaceIndexCopy, Tensor self, int64_t axis, Tensor index, Tensor source) {
    self.index_copy_(axis, index, source);
}

OPERATOR(aclnnScatter, Tensor self, int64_t axis, Tensor index, Tensor source, int64_t reduction, Tensor out) {
    out.copy_(scatter(self, axis, index, source, reduction));
}

OPERATOR(aclnnInplaceScatter, Tensor self, int64_t axis, Tensor index, Tensor source, int64_t reduction) {
    self.copy_(scatter(self, axis, index, source, reduction));
}

OPERATOR(aclnnScatterValue, Tensor self, int64_t axis, Tensor index, Scalar value, int64_t reduction, Tensor out) {
    out.copy_(scatter(self, axis, index, value, reduction));
}

OPERATOR(aclnnInplaceScatterValue, Tensor self, int64_t axis, Tensor index, Scalar value, int64_t reduction) {
    self.copy_(scatter(self, axis, index, value, reduction));
}

OPERATOR(aclnnScatterAdd, Tensor self, int64_t axis, Tensor index, Tensor source, Tensor out) {
    out.copy_(at::scatter_add(self, axis, index.to(at::kLong), source));
}

OPERATOR(aclnnInplaceMaskedScatter, Tensor self, Tensor mask, Tensor source) {
    self.masked_scatter_(mask.to(at::kBool), source);
}

OPERATOR(aclnnEmbedding, Tensor weight, Tensor indices, Tensor out) { out.copy_(at::embedding(weight, indices)); }

OPERATOR(aclnnEmbeddingDenseBackward, Tensor grad, Tensor indices, int64_t rows, int64_t padding, bool by_frequency,
         Tensor out) {
    out.copy_(at::embedding_dense_backward(grad, indices, rows, padding, by_frequency));
}

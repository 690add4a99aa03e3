// Reductions over axes, arguments of maxima, sorting.
#include "wide.h"

using namespace sim;

OPERATOR(aclnnReduceSum, Tensor self, Ints axes, bool keep, at::ScalarType type, Tensor out) {
    out.copy_(at::sum(self, axes, keep, type));
}

OPERATOR(aclnnReduceNansum, Tensor self, Ints axes, bool keep, at::ScalarType type, Tensor out) {
    out.copy_(at::nansum(self, axes, keep, type));
}

OPERATOR(aclnnMean, Tensor self, Ints axes, bool keep, at::ScalarType type, Tensor out) {
    out.copy_(at::mean(self, axes, keep, type));
}

OPERATOR(aclnnProd, Tensor self, at::ScalarType type, Tensor out) { out.copy_(at::prod(self, type)); }

OPERATOR(aclnnProdDim, Tensor self, int64_t axis, bool keep, at::ScalarType type, Tensor out) {
    out.copy_(at::prod(self, axis, keep, type));
}

OPERATOR(aclnnAmax, Tensor self, Ints axes, bool keep, Tensor out) { out.copy_(at::amax(self, axes, keep)); }
OPERATOR(aclnnAmin, Tensor self, Ints axes, bool keep, Tensor out) { out.copy_(at::amin(self, axes, keep)); }
OPERATOR(aclnnMax, Tensor self, Tensor out) { out.copy_(at::max(self)); }
OPERATOR(aclnnMin, Tensor self, Tensor out) { out.copy_(at::min(self)); }

OPERATOR(aclnnMaxDim, Tensor self, int64_t axis, bool keep, Tensor values, Tensor indices) {
    auto [best, position] = at::max(self, axis, keep);
    values.copy_(best);
    indices.copy_(position);
}

OPERATOR(aclnnMinDim, Tensor self, int64_t axis, bool keep, Tensor values, Tensor indices) {
    auto [best, position] = at::min(self, axis, keep);
    values.copy_(best);
    indices.copy_(position);
}

OPERATOR(aclnnMedianDim, Tensor self, int64_t axis, bool keep, Tensor values, Tensor indices) {
    auto [middle, position] = at::median(self, axis, keep);
    values.copy_(middle);
    indices.copy_(position);
}

OPERATOR(aclnnArgMax, Tensor self, int64_t axis, bool keep, Tensor out) { out.copy_(at::argmax(self, axis, keep)); }
OPERATOR(aclnnArgMin, Tensor self, int64_t axis, bool keep, Tensor out) { out.copy_(at::argmin(self, axis, keep)); }

OPERATOR(aclnnAminmax, Tensor self, Ints axes, bool keep, Tensor low, Tensor high) {
    low.copy_(at::amin(self, axes, keep));
    high.copy_(at::amax(self, axes, keep));
}

OPERATOR(aclnnAminmaxAll, Tensor self, Tensor low, Tensor high) {
    low.copy_(at::min(self));
    high.copy_(at::max(self));
}

OPERATOR(aclnnAll, Tensor self, Ints axes, bool keep, Tensor out) {
    out.copy_(axes.empty() ? at::all(self) : at::all(self, at::OptionalIntArrayRef(axes), keep));
}

OPERATOR(aclnnAny, Tensor self, Ints axes, bool keep, Tensor out) {
    out.copy_(axes.empty() ? at::any(self) : at::any(self, at::OptionalIntArrayRef(axes), keep));
}

OPERATOR(aclnnNorm, Tensor self, Scalar p, Ints axes, bool keep, Tensor out) {
    out.copy_(at::norm(wide(self), p, axes, keep));
}

OPERATOR(aclnnLinalgVectorNorm, Tensor self, Scalar p, Ints axes, bool keep, at::ScalarType, Tensor out) {
    out.copy_(at::linalg_vector_norm(wide(self), p, axes.empty() ? at::OptionalIntArrayRef()
                                                                  : at::OptionalIntArrayRef(axes), keep));
}

OPERATOR(aclnnStd, Tensor self, Ints axes, int64_t correction, bool keep, Tensor out) {
    out.copy_(at::std(wide(self), at::OptionalIntArrayRef(axes), Scalar(correction), keep));
}

OPERATOR(aclnnVarCorrection, Tensor self, Ints axes, int64_t correction, bool keep, Tensor out) {
    out.copy_(at::var(wide(self), at::OptionalIntArrayRef(axes), Scalar(correction), keep));
}

OPERATOR(aclnnVarMean, Tensor self, Ints axes, int64_t correction, bool keep, Tensor variance, Tensor mean) {
    auto [spread, average] = at::var_mean(wide(self), at::OptionalIntArrayRef(axes), Scalar(correction), keep);
    variance.copy_(spread);
    mean.copy_(average);
}

OPERATOR(aclnnStdMeanCorrection, Tensor self, Ints axes, int64_t correction, bool keep, Tensor deviation,
         Tensor mean) {
    auto [spread, average] = at::std_mean(wide(self), at::OptionalIntArrayRef(axes), Scalar(correction), keep);
    deviation.copy_(spread);
    mean.copy_(average);
}

OPERATOR(aclnnLogSumExp, Tensor self, Ints axes, bool keep, Tensor out) {
    out.copy_(at::logsumexp(wide(self), axes, keep));
}

OPERATOR(aclnnCumsum, Tensor self, int64_t axis, at::ScalarType type, Tensor out) {
    out.copy_(at::cumsum(self, axis, type));
}

OPERATOR(aclnnCumprod, Tensor self, Scalar axis, at::ScalarType type, Tensor out) {
    out.copy_(at::cumprod(self, axis.toLong(), type));
}

OPERATOR(aclnnTopk, Tensor self, int64_t k, int64_t axis, bool largest, bool sorted, Tensor values, Tensor indices) {
    auto [best, positions] = at::topk(self, k, axis, largest, sorted);
    values.copy_(best);
    indices.copy_(positions);
}

OPERATOR(aclnnSort, Tensor self, bool stable, int64_t axis, bool descending, Tensor values, Tensor indices) {
    auto [ordered, positions] = at::sort(self, stable, axis, descending);
    values.copy_(ordered);
    indices.copy_(positions);
}

OPERATOR(aclnnArgsort, Tensor self, int64_t axis, bool descending, Tensor out) {
    out.copy_(at::argsort(self, axis, descending));
}

OPERATOR(aclnnBincount, Tensor self, MaybeTensor weights, int64_t length, Tensor out) {
    out.copy_(at::bincount(self, weights, length));
}

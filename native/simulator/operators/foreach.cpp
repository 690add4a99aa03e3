// Operators over lists of tensors, with one launch for the whole list.
#include "wide.h"

using namespace sim;

namespace {

/** Sets outs[i] = compute(i) for every tensor of the list. */
template <typename Compute>
void each(Tensors& outs, Compute compute) {
    for (size_t i = 0; i < outs.size(); ++i) {
        outs[i].copy_(compute(i));
    }
}

}  // namespace

#define FOREACH_UNARY(name, function)                                       \
    OPERATOR(aclnnForeach##name, Tensors self, Tensors out) {               \
        each(out, [&](size_t i) { return function(self[i]); });             \
    }

FOREACH_UNARY(Abs, at::abs)
FOREACH_UNARY(Exp, at::exp)
FOREACH_UNARY(Log, at::log)
FOREACH_UNARY(Neg, at::neg)
FOREACH_UNARY(Reciprocal, at::reciprocal)
FOREACH_UNARY(Sigmoid, at::sigmoid)
FOREACH_UNARY(Sign, at::sign)
FOREACH_UNARY(Sqrt, at::sqrt)
FOREACH_UNARY(Tanh, at::tanh)

/**
 * The first version takes the scalar as a tensor, V2 as a scalar, List a second list, ScalarList one scalar per
 * tensor.
 */
#define FOREACH_SCALAR(name, function)                                                        \
    OPERATOR(aclnnForeach##name##Scalar, Tensors self, Tensor scalar, Tensors out) {          \
        each(out, [&](size_t i) { return function(self[i], scalar.item()); });                \
    }                                                                                         \
    OPERATOR(aclnnForeach##name##ScalarV2, Tensors self, Scalar scalar, Tensors out) {        \
        each(out, [&](size_t i) { return function(self[i], scalar); });                       \
    }                                                                                         \
    OPERATOR(aclnnForeach##name##ScalarList, Tensors self, Scalars scalars, Tensors out) {    \
        each(out, [&](size_t i) { return function(self[i], scalars[i]); });                   \
    }

#define FOREACH_LIST(name, function)                                              \
    OPERATOR(aclnnForeach##name##List, Tensors self, Tensors other, Tensors out) { \
        each(out, [&](size_t i) { return function(self[i], other[i]); });          \
    }

#define FOREACH_LIST_SCALED(name, function)                                                            \
    OPERATOR(aclnnForeach##name##List, Tensors self, Tensors other, Tensor alpha, Tensors out) {       \
        each(out, [&](size_t i) { return function(self[i], other[i], alpha.item()); });                \
    }                                                                                                  \
    OPERATOR(aclnnForeach##name##ListV2, Tensors self, Tensors other, Scalar alpha, Tensors out) {     \
        each(out, [&](size_t i) { return function(self[i], other[i], alpha); });                       \
    }

namespace {

Tensor plus(const Tensor& self, const Scalar& scalar) { return at::add(self, scalar); }
Tensor minus(const Tensor& self, const Scalar& scalar) { return at::sub(self, scalar); }
Tensor lower(const Tensor& self, const Scalar& scalar) { return at::clamp_max(self, scalar); }
Tensor upper(const Tensor& self, const Scalar& scalar) { return at::clamp_min(self, scalar); }

}  // namespace

FOREACH_SCALAR(Add, plus)
FOREACH_SCALAR(Sub, minus)
FOREACH_SCALAR(Mul, at::mul)
FOREACH_SCALAR(Div, at::div)
FOREACH_SCALAR(Pow, at::pow)
FOREACH_SCALAR(Maximum, upper)
FOREACH_SCALAR(Minimum, lower)
FOREACH_LIST(Mul, at::mul)
FOREACH_LIST(Div, at::div)
FOREACH_LIST(Pow, at::pow)
FOREACH_LIST(Maximum, at::maximum)
FOREACH_LIST(Minimum, at::minimum)
FOREACH_LIST_SCALED(Add, at::add)
FOREACH_LIST_SCALED(Sub, at::sub)

#define FOREACH_COMBINED(name, function)                                                                         \
    OPERATOR(aclnnForeach##name##Scalar, Tensors self, Tensors first, Tensors second, Tensor scalar,             \
             Tensors out) {                                                                                      \
        each(out, [&](size_t i) { return function(self[i], first[i], second[i], scalar.item()); });              \
    }                                                                                                            \
    OPERATOR(aclnnForeach##name##ScalarV2, Tensors self, Tensors first, Tensors second, Scalar scalar,           \
             Tensors out) {                                                                                      \
        each(out, [&](size_t i) { return function(self[i], first[i], second[i], scalar); });                     \
    }                                                                                                            \
    OPERATOR(aclnnForeach##name##ScalarList, Tensors self, Tensors first, Tensors second, Scalars scalars,       \
             Tensors out) {                                                                                      \
        each(out, [&](size_t i) { return function(self[i], first[i], second[i], scalars[i]); });                 \
    }

FOREACH_COMBINED(Addcmul, at::addcmul)
FOREACH_COMBINED(Addcdiv, at::addcdiv)

OPERATOR(aclnnForeachLerpScalar, Tensors self, Tensors end, Scalar weight, Tensors out) {
    each(out, [&](size_t i) { return at::lerp(self[i], end[i], weight); });
}

OPERATOR(aclnnForeachLerpList, Tensors self, Tensors end, Tensors weight, Tensors out) {
    each(out, [&](size_t i) { return at::lerp(self[i], end[i], weight[i]); });
}

OPERATOR(aclnnForeachPowScalarAndTensor, Scalar base, Tensors exponent, Tensors out) {
    each(out, [&](size_t i) { return at::pow(base, exponent[i]); });
}

OPERATOR(aclnnForeachNorm, Tensors self, Scalar p, Tensors out) {
    each(out, [&](size_t i) { return at::norm(wide(self[i]), p); });
}

OPERATOR(aclnnForeachCopy, Tensors source, Tensors out) {
    each(out, [&](size_t i) { return source[i]; });
}

OPERATOR(aclnnForeachZeroInplace, Tensors self) {
    for (Tensor& tensor : self) {
        tensor.zero_();
    }
}

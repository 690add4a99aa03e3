// Attention with a softmax (FlashAttention's operators), forward and backward, by the definition:
//     P = softmax(scale * (Q K' + pse), masked), attention = dropout(P) V
#include "dropout.h"
#include "wide.h"

using namespace sim;

namespace {

/** The parameters that forward and backward share. */
struct Attention {
    MaybeTensor pse, drop_mask, mask;
    double scale, keep;
    int64_t before, after, heads;
    std::string layout;
    int64_t sparse_mode;

    /** Returns X as (batch, heads, sequence, features), whatever its layout. Keys and values may have fewer heads. */
    Tensor heads_first(const Tensor& x, int64_t features) const {
        Tensor values = wide(x);
        if (layout == "BNSD") {
            return values;
        }
        if (layout == "BSND") {
            return values.transpose(1, 2);
        }
        if (layout == "BSH") {
            return values.unflatten(2, {-1, features}).transpose(1, 2);
        }
        TORCH_CHECK(layout == "SBH", "the simulated CANN has no attention in layout ", layout);
        return values.unflatten(2, {-1, features}).permute({1, 2, 0, 3});
    }

    /** The reverse of heads_first. */
    void assign(const Tensor& out, const Tensor& values) const {
        if (layout == "BNSD") {
            out.copy_(values);
        } else if (layout == "SBH") {
            out.copy_(values.permute({2, 0, 1, 3}).reshape(out.sizes()));
        } else {
            out.copy_(values.transpose(1, 2).reshape(out.sizes()));
        }
    }

    int64_t features(const Tensor& query) const {
        return layout == "BNSD" || layout == "BSND" ? query.size(3) : query.size(2) / heads;
    }

    /** Returns true for each query (row) and key (column) that the mask excludes. */
    Tensor hidden(int64_t queries, int64_t keys) const {
        Tensor distance = at::arange(keys).unsqueeze(0) - at::arange(queries).unsqueeze(1);
        switch (sparse_mode) {
            case 0:
                return mask ? mask->to(at::kBool) | (distance > after) | (distance < -before) : at::zeros({1}, at::kBool);
            case 1:
                return mask->to(at::kBool);
            case 2:  // causal from the upper left corner; the given mask is a template of 2048 x 2048
                return distance > 0;
            case 3:  // causal from the lower right corner
                return distance > keys - queries;
            default:
                TORCH_CHECK(false, "the simulated CANN has no attention in sparse mode ", sparse_mode);
        }
    }

    Tensor scores(const Tensor& query, const Tensor& key) const {
        Tensor products = at::matmul(query, key.transpose(2, 3));
        products = pse ? products + wide(*pse) : products;
        return (products * scale).masked_fill(hidden(query.size(2), key.size(2)), -std::numeric_limits<float>::infinity());
    }

    /** Returns the factor that dropout applies to probabilities, or nothing. */
    Tensor dropped(const Tensor& probabilities) const {
        return keep < 1 && drop_mask ? probabilities * kept(*drop_mask, probabilities.sizes()) / keep : probabilities;
    }
};

/** Repeats KEYS for each query head. */
Tensor shared(const Tensor& keys, int64_t heads) { return keys.repeat_interleave(heads / keys.size(1), 1); }

/** Returns the sum of gradients of the query heads that share a head of LIKE. */
Tensor gathered(const Tensor& gradient, const Tensor& like) {
    return gradient.unflatten(1, {like.size(1), -1}).sum(2);
}

}  // namespace

OPERATOR(aclnnFlashAttentionScore, Tensor query, Tensor key, Tensor value, MaybeTensor pse, MaybeTensor drop_mask,
         MaybeTensor /*padding_mask*/, MaybeTensor mask, Ints /*prefix*/, double scale, double keep, int64_t before,
         int64_t after, int64_t heads, std::string layout, int64_t /*inner_precise*/, int64_t sparse_mode,
         Tensor softmax_max, Tensor softmax_sum, MaybeTensor /*softmax*/, Tensor out) {
    Attention attention{pse, drop_mask, mask, scale, keep, before, after, heads, layout, sparse_mode};
    int64_t features = attention.features(query);
    Tensor q = attention.heads_first(query, features);
    Tensor k = shared(attention.heads_first(key, features), q.size(1));
    Tensor v = shared(attention.heads_first(value, features), q.size(1));
    Tensor scores = attention.scores(q, k);
    Tensor highest = scores.amax(3, true);
    softmax_max.copy_(highest);  // eight equal columns
    softmax_sum.copy_(at::exp(scores - highest).sum(3, true));
    attention.assign(out, at::matmul(attention.dropped(at::_safe_softmax(scores, 3)), v));
}

OPERATOR(aclnnFlashAttentionScoreGrad, Tensor query, Tensor key, Tensor value, Tensor grad, MaybeTensor pse,
         MaybeTensor drop_mask, MaybeTensor /*padding_mask*/, MaybeTensor mask, MaybeTensor /*softmax_max*/,
         MaybeTensor /*softmax_sum*/, MaybeTensor /*softmax*/, MaybeTensor /*attention*/, Ints /*prefix*/, double scale,
         double keep, int64_t before, int64_t after, int64_t heads, std::string layout, int64_t /*inner_precise*/,
         int64_t sparse_mode, Tensor grad_query, Tensor grad_key, Tensor grad_value, MaybeTensor grad_pse) {
    Attention attention{pse, drop_mask, mask, scale, keep, before, after, heads, layout, sparse_mode};
    int64_t features = attention.features(query);
    Tensor q = attention.heads_first(query, features), d_out = attention.heads_first(grad, features);
    Tensor few_keys = attention.heads_first(key, features), few_values = attention.heads_first(value, features);
    Tensor k = shared(few_keys, q.size(1)), v = shared(few_values, q.size(1));
    Tensor p = at::_safe_softmax(attention.scores(q, k), 3);
    Tensor d_p = attention.dropped(at::matmul(d_out, v.transpose(2, 3)));
    Tensor d_scores = p * (d_p - (d_p * p).sum(3, true)) * scale;
    attention.assign(grad_query, at::matmul(d_scores, k));
    attention.assign(grad_key, gathered(at::matmul(d_scores.transpose(2, 3), q), few_keys));
    attention.assign(grad_value, gathered(at::matmul(attention.dropped(p).transpose(2, 3), d_out), few_values));
    if (pse && grad_pse) {
        grad_pse->copy_(at::sum_to(d_scores, pse->sizes()));
    }
}

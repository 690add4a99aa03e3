// Random numbers. Each call draws from its own generator, seeded with the caller's seed and offset, so that equal
// generator states give equal numbers on every stream and device. The numbers differ from those of a card.
#include "dropout.h"

#include <ATen/CPUGeneratorImpl.h>

using namespace sim;

namespace {

/** Returns a generator seeded with splitmix64 (Steele et al. 2014) of seed and offset. */
at::Generator generator(uint64_t seed, uint64_t offset) {
    uint64_t z = seed + (offset + 1) * 0x9e3779b97f4a7c15;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return at::detail::createCPUGenerator(z ^ (z >> 31));
}

/**
 * Returns a tensor to fill: random numbers are drawn densely in fp32 (or the integer type), so that layout and
 * precision do not change them.
 */
Tensor like(const Tensor& tensor) {
    auto type = at::isFloatingType(tensor.scalar_type()) ? at::kFloat : tensor.scalar_type();
    return at::empty(tensor.sizes(), tensor.options().dtype(type));
}

/**
 * Draws one bit per element, least significant bit first, 1 with probability 1 - p: the layout that
 * aclnnDropoutDoMask reads.
 */
void draw_mask(double p, const at::Generator& random, int64_t elements, Tensor mask) {
    Tensor kept = at::rand({elements}, random, at::TensorOptions(at::kFloat)).ge(p);
    mask.zero_();
    auto* bytes = mask.data_ptr<uint8_t>();
    const auto* keep = kept.data_ptr<bool>();
    for (int64_t i = 0; i < elements; ++i) {
        bytes[i / 8] |= static_cast<uint8_t>(keep[i]) << (i % 8);
    }
}

int64_t product(const Ints& shape) {
    int64_t elements = 1;
    for (int64_t size : shape) {
        elements *= size;
    }
    return elements;
}

}  // namespace

Tensor sim::kept(const Tensor& mask, at::IntArrayRef shape) {
    Tensor bits = at::empty({c10::multiply_integers(shape)}, at::kFloat);
    Tensor dense = mask.contiguous();
    const auto* bytes = static_cast<const uint8_t*>(dense.data_ptr());
    auto* values = bits.data_ptr<float>();
    for (int64_t i = 0; i < bits.numel(); ++i) {
        values[i] = static_cast<float>(bytes[i / 8] >> (i % 8) & 1);
    }
    return bits.view(shape);
}

namespace {

/** A captured operator reads seed and offset from the device; the host adds the numbers drawn earlier in the graph. */
at::Generator generator(const Tensor& seed, const Tensor& offset, uint64_t drawn) {
    return generator(seed.item<int64_t>(), offset.item<int64_t>() + drawn);
}

}  // namespace

OPERATOR(aclnnInplaceUniform, Tensor self, double from, double to, uint64_t seed, uint64_t offset) {
    self.copy_(like(self).uniform_(from, to, generator(seed, offset)));
}

OPERATOR(aclnnInplaceUniformTensor, Tensor self, double from, double to, Tensor seed, Tensor offset, uint64_t drawn) {
    self.copy_(like(self).uniform_(from, to, generator(seed, offset, drawn)));
}

OPERATOR(aclnnInplaceNormal, Tensor self, float mean, float deviation, int64_t seed, int64_t offset) {
    self.copy_(like(self).normal_(mean, deviation, generator(seed, offset)));
}

OPERATOR(aclnnInplaceNormalTensor, Tensor self, float mean, float deviation, Tensor seed, Tensor offset,
         int64_t drawn) {
    self.copy_(like(self).normal_(mean, deviation, generator(seed, offset, drawn)));
}

OPERATOR(aclnnNormalFloatFloat, float mean, float deviation, int64_t seed, int64_t offset, Tensor out) {
    out.copy_(like(out).normal_(mean, deviation, generator(seed, offset)));
}

OPERATOR(aclnnNormalTensorTensor, Tensor mean, Tensor deviation, int64_t seed, int64_t offset, Tensor out) {
    out.copy_(at::normal(mean, deviation, generator(seed, offset)));
}

OPERATOR(aclnnNormalTensorFloat, Tensor mean, float deviation, int64_t seed, int64_t offset, Tensor out) {
    out.copy_(at::normal(mean, deviation, generator(seed, offset)));
}

OPERATOR(aclnnNormalFloatTensor, float mean, Tensor deviation, int64_t seed, int64_t offset, Tensor out) {
    out.copy_(at::normal(mean, deviation, generator(seed, offset)));
}

OPERATOR(aclnnInplaceBernoulli, Tensor self, Scalar p, int64_t seed, int64_t offset) {
    self.copy_(like(self).bernoulli_(p.toDouble(), generator(seed, offset)));
}

OPERATOR(aclnnInplaceBernoulliTensor, Tensor self, Tensor p, int64_t seed, int64_t offset) {
    self.copy_(like(self).bernoulli_(p.to(at::kFloat), generator(seed, offset)));
}

OPERATOR(aclnnInplaceRandom, Tensor self, int64_t from, int64_t to, int64_t seed, int64_t offset) {
    self.copy_(like(self).random_(from, to, generator(seed, offset)));
}

OPERATOR(aclnnInplaceRandomTensor, Tensor self, int64_t from, int64_t to, Tensor seed, Tensor offset, int64_t drawn) {
    self.copy_(like(self).random_(from, to, generator(seed, offset, drawn)));
}

OPERATOR(aclnnRandperm, int64_t n, int64_t seed, int64_t offset, Tensor out) {
    out.copy_(at::randperm(n, generator(seed, offset), at::TensorOptions(at::kLong)));
}

OPERATOR(aclnnMultinomial, Tensor self, int64_t samples, bool replacement, int64_t seed, int64_t offset, Tensor out) {
    out.copy_(at::multinomial(self.to(at::kFloat), samples, replacement, generator(seed, offset)));
}

OPERATOR(aclnnMultinomialTensor, Tensor self, int64_t samples, bool replacement, Tensor seed, Tensor offset,
         int64_t drawn, Tensor out) {
    out.copy_(at::multinomial(self.to(at::kFloat), samples, replacement, generator(seed, offset, drawn)));
}

OPERATOR(aclnnDropoutGenMask, Ints shape, double p, int64_t seed, int64_t offset, Tensor mask) {
    draw_mask(p, generator(seed, offset), product(shape), mask);
}

OPERATOR(aclnnDropoutGenMaskV2, Ints shape, double p, int64_t seed, int64_t offset, at::ScalarType, Tensor mask) {
    draw_mask(p, generator(seed, offset), product(shape), mask);
}

OPERATOR(aclnnDropoutGenMaskV2Tensor, Ints shape, double p, Tensor seed, Tensor offset, int64_t drawn, at::ScalarType,
         Tensor mask) {
    draw_mask(p, generator(seed, offset, drawn), product(shape), mask);
}

OPERATOR(aclnnDropoutDoMask, Tensor self, Tensor mask, double p, Tensor out) {
    Tensor scale = kept(mask, self.sizes()).mul(p < 1 ? 1 / (1 - p) : 0);
    out.copy_(self.to(at::kFloat).mul(scale));
}

OPERATOR(aclnnDropoutV3, Tensor self, MaybeTensor /*noise_shape*/, double p, int64_t seed, int64_t offset, Tensor out,
         Tensor mask) {
    draw_mask(p, generator(seed, offset), self.numel(), mask);
    out.copy_(self.to(at::kFloat).mul(kept(mask, self.sizes())).mul(p < 1 ? 1 / (1 - p) : 0));
}

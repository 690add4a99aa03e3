// Activation functions and their derivatives.
#include "wide.h"

using namespace sim;

/** Out-of-place and in-place forms of a function of SELF and further parameters. */
#define ACTIVATION(name, compute, ...)                                                     \
    OPERATOR(aclnn##name, Tensor self __VA_ARGS__, Tensor out) { out.copy_(compute); }     \
    OPERATOR(aclnnInplace##name, Tensor self __VA_ARGS__) { self.copy_(compute); }

#define WITH(...) , __VA_ARGS__

ACTIVATION(Relu, at::relu(self))
ACTIVATION(Sigmoid, at::sigmoid(self))
ACTIVATION(Hardsigmoid, at::hardsigmoid(self))
ACTIVATION(Hardswish, at::hardswish(self))
ACTIVATION(Mish, at::mish(self))
ACTIVATION(Celu, at::celu(self, alpha), WITH(Scalar alpha))
ACTIVATION(Elu, at::elu(self, alpha, scale, input_scale), WITH(Scalar alpha, Scalar scale, Scalar input_scale))
ACTIVATION(Hardtanh, at::hardtanh(self, low, high), WITH(Scalar low, Scalar high))
ACTIVATION(LeakyRelu, at::leaky_relu(self, slope), WITH(Scalar slope))
ACTIVATION(Threshold, at::threshold(self, threshold, value), WITH(Scalar threshold, Scalar value))

OPERATOR(aclnnSilu, Tensor self, Tensor out) { out.copy_(at::silu(self)); }
OPERATOR(aclnnGelu, Tensor self, Tensor out) { out.copy_(at::gelu(self)); }
OPERATOR(aclnnGlu, Tensor self, int64_t axis, Tensor out) { out.copy_(at::glu(self, axis)); }
OPERATOR(aclnnHardshrink, Tensor self, Scalar limit, Tensor out) { out.copy_(at::hardshrink(self, limit)); }
OPERATOR(aclnnSoftshrink, Tensor self, Scalar limit, Tensor out) { out.copy_(at::softshrink(self, limit)); }

OPERATOR(aclnnSoftplus, Tensor self, Scalar beta, Scalar threshold, Tensor out) {
    out.copy_(at::softplus(self, beta, threshold));
}

/** BUFFER is scratch space of the card; the backward pass recomputes from the input. */
OPERATOR(aclnnLogSigmoidForward, Tensor self, Tensor out, Tensor /*buffer*/) { out.copy_(at::log_sigmoid(self)); }

/** MODE 1 is the approximation by tanh. */
OPERATOR(aclnnGeluV2, Tensor self, int64_t mode, Tensor out) { out.copy_(at::gelu(self, mode == 1 ? "tanh" : "none")); }

namespace {

/** A negative EPS stands for Python's None. */
std::optional<double> limit(double eps) { return eps < 0 ? std::nullopt : std::optional(eps); }

/** Returns WEIGHT over the channels of SELF, or one weight for all channels if it has a single element. */
Tensor channels(const Tensor& weight, const Tensor& self) {
    Ints shape(self.dim(), 1);
    if (self.dim() > 1) {
        shape[1] = -1;
    }
    return weight.numel() == 1 ? weight.reshape(Ints(self.dim(), 1)) : weight.reshape(shape);
}

}  // namespace

OPERATOR(aclnnLogit, Tensor self, double eps, Tensor out) { out.copy_(at::logit(self, limit(eps))); }

OPERATOR(aclnnPrelu, Tensor self, Tensor weight, Tensor out) {
    out.copy_(at::_prelu_kernel(self, channels(weight, self)));
}

OPERATOR(aclnnPreluBackward, Tensor grad, Tensor self, Tensor weight, Tensor grad_input, Tensor grad_weight) {
    Tensor broadcast = channels(weight, self);
    auto [d_input, d_weight] = at::_prelu_kernel_backward(grad, self, broadcast);
    grad_input.copy_(d_input);
    grad_weight.copy_(at::sum_to(d_weight, broadcast.sizes()).reshape(grad_weight.sizes()));
}

#define BACKWARD(name, compute, ...) \
    OPERATOR(aclnn##name, Tensor grad, Tensor self __VA_ARGS__, Tensor out) { out.copy_(compute); }

BACKWARD(GeluBackward, at::gelu_backward(grad, self))
BACKWARD(GeluBackwardV2, at::gelu_backward(grad, self, approximation), WITH(std::string approximation))
BACKWARD(GluBackward, at::glu_backward(grad, self, axis), WITH(int64_t axis))
BACKWARD(HardshrinkBackward, at::hardshrink_backward(grad, self, limit), WITH(Scalar limit))
BACKWARD(HardsigmoidBackward, at::hardsigmoid_backward(grad, self))
BACKWARD(HardswishBackward, at::hardswish_backward(grad, self))
BACKWARD(HardswishBackwardV2, at::hardswish_backward(grad, self))
BACKWARD(HardtanhBackward, at::hardtanh_backward(grad, self, low, high), WITH(Scalar low, Scalar high))
BACKWARD(LeakyReluBackward, at::leaky_relu_backward(grad, self, slope, is_result), WITH(Scalar slope, bool is_result))
BACKWARD(LogSigmoidBackward, at::mul(grad, at::sigmoid(at::neg(self))), WITH(Tensor /*buffer*/))
BACKWARD(MishBackward, at::mish_backward(grad, self))
BACKWARD(SigmoidBackward, at::sigmoid_backward(grad, self))
BACKWARD(SiluBackward, at::silu_backward(grad, self))
BACKWARD(SoftplusBackward, at::softplus_backward(grad, self, beta, threshold), WITH(Scalar beta, Scalar threshold))
BACKWARD(SoftshrinkBackward, at::softshrink_backward(grad, self, limit), WITH(Scalar limit))
BACKWARD(TanhBackward, at::tanh_backward(grad, self))
BACKWARD(ThresholdBackward, at::threshold_backward(grad, self, threshold), WITH(Scalar threshold))

OPERATOR(aclnnLogitGrad, Tensor self, Tensor grad, double eps, Tensor out) {
    out.copy_(at::logit_backward(grad, self, limit(eps)));
}

OPERATOR(aclnnEluBackward, Tensor grad, Scalar alpha, Scalar scale, Scalar input_scale, bool is_result, Tensor self,
         Tensor out) {
    out.copy_(at::elu_backward(grad, alpha, scale, input_scale, is_result, self));
}

/** Evaluation only: the random slopes of training are not simulated. */
OPERATOR(aclnnRReluWithNoise, Tensor self, Tensor /*noise*/, Scalar lower, Scalar upper, bool training,
         int64_t /*seed*/, int64_t /*offset*/, Tensor out) {
    TORCH_CHECK(!training, "the simulated CANN draws no random slopes");
    out.copy_(at::leaky_relu(self, (lower.toDouble() + upper.toDouble()) / 2));
}

// Mixed precision's loss scaling and the fused optimiser steps.
#include "wide.h"

using namespace sim;

OPERATOR(aclnnForeachNonFiniteCheckAndUnscale, Tensors grads, Tensor found_inf, Tensor inverse_scale) {
    for (Tensor& grad : grads) {
        if (!at::isfinite(grad).all().item<bool>()) {
            found_inf.fill_(1);
        }
        grad.mul_(inverse_scale.to(grad.scalar_type() == at::kDouble ? at::kDouble : at::kFloat));
    }
}

OPERATOR(aclnnAmpUpdateScale, Tensor scale, Tensor growth_tracker, Tensor found_inf, double growth, double backoff,
         int64_t interval, Tensor out_scale, Tensor out_tracker) {
    float value = scale.item<float>();
    int successes = growth_tracker.item<int>() + 1;
    if (found_inf.item<float>() != 0) {
        value = static_cast<float>(value * backoff);
        successes = 0;
    } else if (successes == interval) {
        float grown = static_cast<float>(value * growth);
        value = std::isfinite(grown) ? grown : value;
        successes = 0;
    }
    out_scale.fill_(value);
    out_tracker.fill_(successes);
}

OPERATOR(aclnnApplyAdamWV2, Tensor parameter, Tensor average, Tensor square, MaybeTensor maximum, Tensor grad,
         Tensor step, float rate, float beta1, float beta2, float decay, float eps, bool amsgrad, bool maximize) {
    Tensor gradient = maximize ? -wide(grad) : wide(grad);
    double t = step.item<double>() + 1;
    parameter.mul_(1 - rate * decay);
    average.mul_(beta1).add_(gradient, 1 - beta1);
    square.mul_(beta2).addcmul_(gradient, gradient, 1 - beta2);
    Tensor second = square;
    if (amsgrad) {
        maximum->copy_(at::maximum(*maximum, square));
        second = *maximum;
    }
    Tensor denominator = second.sqrt().div(std::sqrt(1 - std::pow(beta2, t))).add(eps);
    parameter.addcdiv_(average, denominator, -rate / (1 - std::pow(beta1, t)));
}

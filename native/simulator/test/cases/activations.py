"""Activation functions, forward and backward."""
import torch
import torch.nn.functional as F

from cases.case import ALL, case, positive, real


def activations():
    x = real(3, 8) * 3
    for name in ("hardtanh", "relu6", "hardswish", "hardsigmoid", "elu", "celu", "selu", "mish", "silu", "leaky_relu"):
        function = getattr(F, name)
        case(name, function, x, types=ALL)
        case(name + " inplace", lambda a, f=function: f(a * 1, inplace=True), x)
    for name in ("gelu", "sigmoid", "tanh", "softplus", "logsigmoid", "softsign", "tanhshrink", "hardshrink",
                 "softshrink"):
        case("activation " + name, getattr(F, name), x, types=ALL if name in ("gelu", "sigmoid", "tanh") else ("fp32",))
    case("hardtanh limits", lambda a: F.hardtanh(a, -0.5, 2.0), x)
    case("elu alpha", lambda a: F.elu(a, 0.7), x)
    case("softplus limits", lambda a: F.softplus(a, 2.0, 3.0), x)
    case("threshold", lambda a: F.threshold(a, 0.1, 0.5), x)
    case("threshold inplace", lambda a: F.threshold(a * 1, 0.1, 0.5, inplace=True), x)
    case("glu", lambda a: F.glu(a, 1), x)
    case("prelu", F.prelu, real(2, 3, 4, 4), positive(3))
    case("prelu one", F.prelu, x, positive(1))
    case("rrelu eval", lambda a: F.rrelu(a), x)
    case("logit", lambda a: torch.logit(a.sigmoid(), 1e-6), x)
    case("softmax last", lambda a: F.softmax(a, -1), real(2, 3, 5))
    case("log softmax middle", lambda a: F.log_softmax(a, 1), real(2, 3, 5))
    case("softmin", lambda a: F.softmin(a, 0), x)

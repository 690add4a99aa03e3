"""Operators with one result per element."""
import torch
import torch.nn.functional as F

from cases.case import ALL, case, positive, real, strided, whole


def arithmetic():
    x, y = real(3, 4), positive(3, 4)
    for name in ("add", "sub", "mul", "div", "maximum", "minimum", "fmod", "remainder", "atan2"):
        case(name, getattr(torch, name), x, y, types=ALL if name in ("add", "sub", "mul", "div") else ("fp32",))
    case("add broadcast", torch.add, real(3, 1), real(4))
    case("add strided", torch.add, strided(3, 4), strided(3, 4))
    case("add alpha", lambda a, b: torch.add(a, b, alpha=0.5), x, y)
    case("sub alpha", lambda a, b: torch.sub(a, b, alpha=0.5), x, y)
    case("add scalar", lambda a: a + 2.5, x, types=ALL)
    case("rsub", lambda a: 2.5 - a, x)
    case("mul scalar", lambda a: a * 2.5, x, types=ALL)
    case("div scalar", lambda a: a / 2.5, x, types=ALL)
    case("rdiv", lambda a: 2.5 / a, y)
    case("pow scalar", lambda a: a ** 0.75, y, types=ALL)
    case("pow two", lambda a: a ** 2, x)
    case("pow tensor", torch.pow, y, x)
    case("pow base", lambda a: torch.pow(2.0, a), x)
    case("floor divide", torch.floor_divide, whole(7), whole(7) + 1, exact=True)
    case("floor divide scalar", lambda a: a // 3, whole(7), exact=True)
    case("remainder scalar", lambda a: a % 3, whole(7), exact=True)
    case("div trunc", lambda a, b: torch.div(a, b, rounding_mode="trunc"), whole(7), whole(7) + 1, exact=True)
    case("int add", torch.add, whole(7), whole(7, dtype=torch.int32), exact=True)
    case("uint8 add", torch.add, whole(7, dtype=torch.uint8), whole(7, dtype=torch.uint8), exact=True)
    case("bool add", lambda a: (a > 4) + (a < 2), whole(7), exact=True)
    case("addcmul", lambda a, b, c: torch.addcmul(a, b, c, value=0.3), x, y, x)
    case("addcdiv", lambda a, b, c: torch.addcdiv(a, b, c, value=0.3), x, x, y)
    case("lerp", lambda a, b: torch.lerp(a, b, 0.3), x, y)
    case("lerp tensor", torch.lerp, x, y, y)
    for name in ("add_", "sub_", "mul_", "div_"):
        case(name, lambda a, b, f=name: getattr(a.clone(), f)(b), x, y, types=ALL)
        case(name + " scalar", lambda a, f=name: getattr(a.clone(), f)(1.5), x)
    case("addcmul_", lambda a, b: a.clone().addcmul_(b, b, value=0.1), x, y)
    case("addcdiv_", lambda a, b: a.clone().addcdiv_(a, b, value=-0.1), x, y)
    case("lerp_", lambda a, b: a.clone().lerp_(b, 0.1), x, y)
    case("pow_", lambda a: a.clone().pow_(2), x)


def elementwise():
    x, y = real(3, 5), positive(3, 5)
    for name in ("abs", "neg", "exp", "exp2", "expm1", "sin", "cos", "tan", "atan", "tanh", "erf", "sigmoid", "relu",
                 "sign", "floor", "ceil", "round", "trunc"):
        case(name, getattr(torch, name), x, types=ALL if name in ("relu", "abs", "exp") else ("fp32",))
    for name in ("log", "log2", "log10", "log1p", "sqrt", "rsqrt", "reciprocal"):
        case(name, getattr(torch, name), y, types=ALL if name in ("sqrt", "log") else ("fp32",))
    for name in ("sqrt_", "exp_", "neg_", "relu_", "reciprocal_", "sigmoid_", "tanh_", "floor_", "log_"):
        case(name, lambda a, f=name: getattr(a.clone(), f)(), y)
    case("clamp", lambda a: a.clamp(-0.5, 0.5), x, types=ALL)
    case("clamp min", lambda a: a.clamp(min=0.1), x)
    case("clamp max", lambda a: a.clamp(max=0.1), x)
    case("clamp_", lambda a: a.clone().clamp_(-0.5, 0.5), x)
    case("clamp tensors", lambda a: torch.clamp(a, torch.zeros_like(a), torch.ones_like(a)), x)
    case("clip int", lambda a: a.clamp(2, 5), whole(9), exact=True)
    case("relu inplace", lambda a: F.relu(a.clone(), inplace=True), x)
    case("leaky relu", lambda a: F.leaky_relu(a, 0.1), x)
    case("gelu", F.gelu, x)
    case("silu", F.silu, x)
    case("isfinite", lambda a: torch.isfinite(1 / (a - a.detach())), x, exact=True)
    case("isnan", lambda a: torch.isnan((a - a) / (a - a)), x, exact=True)
    case("isinf", lambda a: torch.isinf(1 / (a - a)), x, exact=True)
    case("nan_to_num", lambda a: torch.nan_to_num(1 / (a - a.detach())), x)


def comparison():
    x, y = real(3, 5), real(3, 5)
    for name in ("eq", "ne", "gt", "ge", "lt", "le"):
        case(name, getattr(torch, name), x, y, exact=True)
        case(name + " scalar", lambda a, f=name: getattr(torch, f)(a, 3), whole(9), exact=True)
    case("logical", lambda a, b: (a > 0) & (b > 0) | ~(a > b) ^ (b < 0), x, y, exact=True)
    case("logical_and", lambda a, b: torch.logical_and(a > 0, b > 0), x, y, exact=True)
    case("logical_or", lambda a, b: torch.logical_or(a > 0, b > 0), x, y, exact=True)
    case("logical_not", lambda a: torch.logical_not(a > 0), x, exact=True)
    case("bits", lambda a: ((a & 6) | 1) ^ 3, whole(9), exact=True)
    case("where", lambda a, b: torch.where(a > b, a, b), x, y, types=ALL)
    case("where scalar", lambda a: torch.where(a > 0, a, 0.0), x)
    case("masked_fill", lambda a: a.masked_fill(a > 0, -1.0), x)
    case("masked_fill_", lambda a: a.clone().masked_fill_(a > 0, -1.0), x)
    case("equal", lambda a: torch.tensor([torch.equal(a, a), torch.equal(a, a + 1)]), x, exact=True)
    case("isclose", lambda a: torch.isclose(a, a + 1e-9), x, exact=True)
    case("allclose", lambda a: torch.tensor(torch.allclose(a, a + 1e-9)), x, exact=True)

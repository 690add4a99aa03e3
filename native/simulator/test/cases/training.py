"""Operators on lists of tensors, and their use in optimisers, clipping and loss scaling."""
import torch
import torch_npu

from cases.case import case, real


def lists():
    xs = [real(3, 4), real(5), real(2, 2)]

    def over(function):
        def run(*tensors):
            a = [t.detach().clone() for t in tensors]
            b = [t * 0.5 + 1.5 for t in a]
            result = function(a, b)
            return torch.cat([t.flatten() for t in (a if result is None else result)])
        return run

    for name in ("add", "sub", "mul", "div", "maximum", "minimum", "pow"):
        case(f"foreach {name} scalar", over(lambda a, b, f=name: getattr(torch, "_foreach_" + f)(b, 2.0)), *xs)
        case(f"foreach {name} list",
             over(lambda a, b, f=name: getattr(torch, "_foreach_" + f)(b, a if f != "pow" else b)), *xs)
        case(f"foreach {name} scalars",
             over(lambda a, b, f=name: getattr(torch, "_foreach_" + f)(b, [1.0, 2.0, 3.0])), *xs)
        case(f"foreach {name}_ scalar", over(lambda a, b, f=name: getattr(torch, f"_foreach_{f}_")(a, 2.0)), *xs)
    case("foreach add alpha", over(lambda a, b: torch._foreach_add(a, b, alpha=0.3)), *xs)
    case("foreach mul tensor", over(lambda a, b: torch._foreach_mul_(a, torch.tensor(0.5, device=a[0].device))), *xs)
    for name in ("sqrt", "neg", "reciprocal", "exp", "log", "sign", "sigmoid", "tanh", "abs"):
        case("foreach " + name, over(lambda a, b, f=name: getattr(torch, "_foreach_" + f)(b)), *xs)
        case(f"foreach {name}_", over(lambda a, b, f=name: getattr(torch, f"_foreach_{f}_")(b) or b), *xs)
    for name in ("addcmul", "addcdiv"):
        case("foreach " + name, over(lambda a, b, f=name: getattr(torch, "_foreach_" + f)(a, a, b, 0.3)), *xs)
        case(f"foreach {name}_ scalars",
             over(lambda a, b, f=name: getattr(torch, f"_foreach_{f}_")(a, a, b, [0.1, 0.2, 0.3])), *xs)
    case("foreach lerp", over(lambda a, b: torch._foreach_lerp(a, b, 0.3)), *xs)
    case("foreach lerp_", over(lambda a, b: torch._foreach_lerp_(a, b, 0.3)), *xs)
    case("foreach norm", over(lambda a, b: torch._foreach_norm(a)), *xs)
    case("foreach zero", over(lambda a, b: torch._foreach_zero_(a)), *xs)
    case("foreach copy", over(lambda a, b: torch._foreach_copy_(a, b)), *xs)
    case("clip grad norm", clip, *xs)
    case("clip grad norm foreach", lambda *a: clip(*a, foreach=True), *xs)
    case("clip grad value", lambda *a: clip_value(*a, foreach=False), *xs)
    case("clip grad value foreach", lambda *a: clip_value(*a, foreach=True), *xs)
    case("unscale", unscale, *xs)
    case("unscale inf", lambda *a: unscale(*a, bad=float("inf")), *xs)
    for growth, found in ((1, 0), (1, 1), (5, 0)):
        case(f"update scale {growth} {found}", lambda a, g=growth, f=found: update_scale(a.device, g, f), xs[0])


def clip(*tensors, foreach=None):
    parameters = [torch.zeros_like(t).detach().requires_grad_() for t in tensors]
    for parameter, t in zip(parameters, tensors):
        parameter.grad = t.detach().clone()
    total = torch.nn.utils.clip_grad_norm_(parameters, 0.5, foreach=foreach)
    return torch.cat([total.reshape(1)] + [p.grad.flatten() for p in parameters])


def clip_value(*tensors, foreach):
    parameters = [torch.zeros_like(t).detach().requires_grad_() for t in tensors]
    for parameter, t in zip(parameters, tensors):
        parameter.grad = t.detach().clone()
    torch.nn.utils.clip_grad_value_(parameters, 0.5, foreach=foreach)
    return torch.cat([p.grad.flatten() for p in parameters])


def unscale(*tensors, bad=0.0):
    device = tensors[0].device
    found = torch.zeros(1, device=device)
    if device.type == "npu":  # a card in saturation mode has a sticky overflow flag, which earlier cases may have set
        torch._amp_foreach_non_finite_check_and_unscale_([found.clone()], found.clone(), torch.ones(1, device=device))
    grads = [t.detach().clone() * 8 for t in tensors]
    grads[1][0] += bad
    torch._amp_foreach_non_finite_check_and_unscale_(grads, found, torch.full((1,), 0.125, device=device))
    if bad and device.type == "npu" and not torch_npu.npu.is_bf16_supported():
        return found  # in saturation mode gradients remain that a skipped step does not use
    return torch.cat([found] + ([] if bad else [g.flatten() for g in grads]))


def update_scale(device, interval, found):
    scale, tracker = torch.full((1,), 8.0, device=device), torch.zeros(1, dtype=torch.int32, device=device)
    torch._amp_update_scale_(scale, tracker, torch.full((1,), float(found), device=device), 2.0, 0.5, interval)
    return torch.cat((scale, tracker.float()))


def optimisers():
    def steps(make):
        def run(*tensors):
            parameters = [t.detach().clone().requires_grad_() for t in tensors]
            optimizer = make(parameters)
            for step in range(3):
                optimizer.zero_grad()
                for i, parameter in enumerate(parameters):
                    parameter.grad = (parameter.detach() * (i + 1) + step).sin()
                optimizer.step()
            return torch.cat([p.detach().flatten() for p in parameters])
        return run

    xs = (real(3, 4), real(5))
    for foreach in (False, True):
        for name, make in (
                ("sgd", lambda p, f: torch.optim.SGD(p, 0.1, foreach=f)),
                ("sgd momentum", lambda p, f: torch.optim.SGD(p, 0.1, 0.9, weight_decay=0.01, foreach=f)),
                ("sgd nesterov", lambda p, f: torch.optim.SGD(p, 0.1, 0.9, nesterov=True, foreach=f)),
                ("adam", lambda p, f: torch.optim.Adam(p, 0.1, foreach=f)),
                ("adam decay", lambda p, f: torch.optim.Adam(p, 0.1, weight_decay=0.01, foreach=f)),
                ("adamw", lambda p, f: torch.optim.AdamW(p, 0.1, foreach=f)),
                ("adam amsgrad", lambda p, f: torch.optim.Adam(p, 0.1, amsgrad=True, foreach=f)),
                ("adamw amsgrad", lambda p, f: torch.optim.AdamW(p, 0.1, amsgrad=True, foreach=f)),
                ("adamax", lambda p, f: torch.optim.Adamax(p, 0.1, foreach=f)),
                ("nadam", lambda p, f: torch.optim.NAdam(p, 0.1, foreach=f)),
                ("radam", lambda p, f: torch.optim.RAdam(p, 0.1, foreach=f)),
                ("adagrad", lambda p, f: torch.optim.Adagrad(p, 0.1, foreach=f)),
                ("adadelta", lambda p, f: torch.optim.Adadelta(p, 0.1, foreach=f)),
                ("rmsprop", lambda p, f: torch.optim.RMSprop(p, 0.1, foreach=f)),
                ("rmsprop centered", lambda p, f: torch.optim.RMSprop(p, 0.1, centered=True, momentum=0.9, foreach=f))):
            case(f"{name} foreach={foreach}", steps(lambda p, m=make, f=foreach: m(p, f)), *xs)

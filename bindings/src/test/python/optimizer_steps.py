"""Writes parameters after steps of torch's SGD, Adam and AdamW, with the same gradients for every setting.

Per setting: the parameters after steps 1, 2 and 5, in one safetensors file. Parameter "c" gets no gradient in step 3, "d" never gets
one. Learning rate and momentum change after step 2, as with a schedule.

Usage: python optimizer_steps.py ../resources/golden/optim/steps.safetensors
"""
import sys

import torch
from safetensors.torch import save_file

STEPS = 5
SHAPES = {"a.weight": (4, 3, 3, 3), "a.bias": (4,), "b.weight": (10, 16), "b.bias": (10,), "c": (6,), "d": (3,)}
SETTINGS = {
    "sgd": ("SGD", dict(lr=0.1)),
    "sgd_wd": ("SGD", dict(lr=0.1, weight_decay=5e-4)),
    "sgd_m": ("SGD", dict(lr=0.1, momentum=0.9)),
    "sgd_m_wd": ("SGD", dict(lr=0.1, momentum=0.9, weight_decay=5e-4)),
    "sgd_m_d_wd": ("SGD", dict(lr=0.1, momentum=0.9, dampening=0.3, weight_decay=0.01)),
    "sgd_n_wd": ("SGD", dict(lr=0.1, momentum=0.9, nesterov=True, weight_decay=0.01)),
    "adam": ("Adam", dict(lr=1e-2)),
    "adam_wd": ("Adam", dict(lr=1e-2, betas=(0.8, 0.95), eps=1e-6, weight_decay=0.01)),
    "adamw": ("AdamW", dict(lr=1e-2, weight_decay=0.05)),
}


def gradient(name, shape, step):
    if name == "d" or (name == "c" and step == 3):
        return None
    generator = torch.Generator().manual_seed(1000 * step + sum(map(ord, name)))
    return torch.randn(shape, generator=generator)


def run(kind, settings):
    torch.manual_seed(0)
    parameters = {name: torch.nn.Parameter(torch.randn(shape)) for name, shape in SHAPES.items()}
    optimizer = getattr(torch.optim, kind)(list(parameters.values()), foreach=False, **settings)
    for step in range(1, STEPS + 1):
        for name, parameter in parameters.items():
            parameter.grad = gradient(name, SHAPES[name], step)
        if step == 3:
            for group in optimizer.param_groups:
                group["lr"] *= 0.7
                if group.get("momentum"):
                    group["momentum"] -= 0.05
                elif "betas" in group:
                    group["betas"] = (group["betas"][0] - 0.05, group["betas"][1])
        optimizer.step()
        if step in (1, 2, STEPS):
            yield step, {name: parameter.detach().clone() for name, parameter in parameters.items()}


tensors = {}
torch.manual_seed(0)
for name, shape in SHAPES.items():
    tensors[f"start/{name}"] = torch.randn(shape)
    for step in range(1, STEPS + 1):
        if gradient(name, shape, step) is not None:
            tensors[f"gradient{step}/{name}"] = gradient(name, shape, step)
for setting, (kind, arguments) in SETTINGS.items():
    for step, parameters in run(kind, arguments):
        for name, value in parameters.items():
            tensors[f"{setting}/{step}/{name}"] = value
save_file(tensors, sys.argv[1], metadata={"torch": torch.__version__})

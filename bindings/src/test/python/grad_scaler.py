"""Writes a run of torch.amp.GradScaler with SGD and Adam, with gradients some of which overflow, and of clip_grad_norm_.

Per step: the scale before it, and the parameters after it. Gradients "raw" are those of the backward pass of a loss that is multiplied by the scale.

Usage: python grad_scaler.py ../resources/golden/optim/scaler.safetensors
"""
import sys

import torch
from safetensors.torch import save_file

STEPS = 12
OVERFLOWS = {1: float("inf"), 2: float("nan"), 7: float("-inf")}
SHAPES = {"weight": (5, 4, 3, 3), "bias": (5,)}
KINDS = {
    "sgd": ("SGD", dict(lr=0.1, momentum=0.9, weight_decay=0.01)),
    "sgd_n": ("SGD", dict(lr=0.1, momentum=0.9, weight_decay=0.01, nesterov=True)),
    "sgd_d": ("SGD", dict(lr=0.1, momentum=0.9, dampening=0.2)),
    "adam": ("Adam", dict(lr=0.01, weight_decay=0.01)),
    "adamw": ("AdamW", dict(lr=0.01, weight_decay=0.01)),
}


def gradient(name, step):
    generator = torch.Generator().manual_seed(1000 * step + sum(map(ord, name)))
    value = torch.randn(SHAPES[name], generator=generator)
    if step in OVERFLOWS and name == "weight":
        value[1, 2, 0, 0] = OVERFLOWS[step]
    return value


def start():
    torch.manual_seed(0)
    return {name: torch.nn.Parameter(torch.randn(shape)) for name, shape in SHAPES.items()}


tensors = {f"start/{name}": value.detach() for name, value in start().items()}
for step in range(1, STEPS + 1):
    tensors |= {f"gradient{step}/{name}": gradient(name, step) for name in SHAPES}

for label, (kind, arguments) in KINDS.items():
    parameters = start()
    optimizer = getattr(torch.optim, kind)(list(parameters.values()), foreach=False, **arguments)
    scaler = torch.amp.GradScaler("cpu", init_scale=1024.0, growth_interval=3)
    for step in range(1, STEPS + 1):
        optimizer.zero_grad()
        loss = sum((parameter * gradient(name, step)).sum() for name, parameter in parameters.items())
        tensors[f"{label}/{step}/scale"] = torch.tensor(scaler.get_scale())
        scaler.scale(loss).backward()
        scaler.unscale_(optimizer)
        norm = torch.nn.utils.clip_grad_norm_(list(parameters.values()), 12.0)
        tensors[f"{label}/{step}/norm"] = norm
        scaler.step(optimizer)
        scaler.update()
        tensors |= {f"{label}/{step}/{name}": parameter.detach().clone() for name, parameter in parameters.items()}
save_file(tensors, sys.argv[1], metadata={"torch": torch.__version__})

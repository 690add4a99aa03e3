"""Writes parameters after steps of torch's optimisers for parameters that are shared, frozen, unused, of other types or of several groups.

"ties": one parameter with two names, others that are frozen and unfrozen in between, one without a gradient and one that never changes.
"bf16", "fp16", "fp64": parameters of these types, with the same gradients in every step.
"groups": AdamW with groups that have their own rates and decay, as is usual for a head and for biases and norms.

Usage: python optimizer_cases.py ../resources/golden/optim/cases.safetensors
"""
import sys

import torch
from safetensors.torch import save_file

STEPS = 6
KINDS = {
    "sgd": ("SGD", dict(lr=0.1, weight_decay=0.01)),
    "sgd_n": ("SGD", dict(lr=0.1, momentum=0.9, nesterov=True, weight_decay=0.01)),
    "adam": ("Adam", dict(lr=0.01, weight_decay=0.01)),
    "adamw": ("AdamW", dict(lr=0.01, weight_decay=0.05)),
}
TYPES = {"bf16": torch.bfloat16, "fp16": torch.float16, "fp64": torch.float64}
NAMES = ["tied", "leaves", "comes", "frozen", "unused"]
TYPED = {"weight": (4, 3, 2, 2), "bias": (4,)}
GROUPED = {"conv.weight": (4, 3, 2, 2), "conv.bias": (4,), "norm.weight": (4,), "head.weight": (6, 4), "head.bias": (6,)}


def optimizer(kind, parameters):
    name, settings = KINDS[kind]
    return getattr(torch.optim, name)(parameters, foreach=False, **settings)


def random(seed, *shape):
    return torch.randn(shape, generator=torch.Generator().manual_seed(seed))


def ties(kind):
    parameters = {name: torch.nn.Parameter(random(i, 5)) for i, name in enumerate(NAMES)}
    parameters["comes"].requires_grad = False
    parameters["frozen"].requires_grad = False
    steps = optimizer(kind, parameters.values())
    for step in range(1, STEPS + 1):
        if step == 3:
            parameters["leaves"].requires_grad = False
        if step == 4:
            parameters["comes"].requires_grad = True
        if step == 5:
            parameters["leaves"].requires_grad = True
        loss = (parameters["tied"] * random(100 + step, 5) * parameters["tied"]).sum()
        for name in ("leaves", "comes", "frozen"):
            loss = loss + (parameters[name] * random(100 + step, 5)).sum()
        loss.backward()
        steps.step()
        steps.zero_grad()
        yield step, parameters


def typed(kind, dtype):
    parameters = {name: torch.nn.Parameter(random(i, *shape).to(dtype)) for i, (name, shape) in enumerate(TYPED.items())}
    steps = optimizer(kind, parameters.values())
    for step in range(1, STEPS + 1):
        for i, parameter in enumerate(parameters.values()):
            parameter.grad = random(10 * step + i, *parameter.shape).to(dtype)
        steps.step()
        yield step, parameters


def groups():
    parameters = {name: torch.nn.Parameter(random(i, *shape)) for i, (name, shape) in enumerate(GROUPED.items())}
    settings = {name: dict(lr=0.05 if name.startswith("head.") else 0.01, weight_decay=0.1 if p.dim() > 1 else 0.0) for name, p in parameters.items()}
    steps = torch.optim.AdamW([dict(params=[p], **settings[name]) for name, p in parameters.items()], betas=(0.8, 0.99), eps=1e-6, foreach=False)
    for step in range(1, STEPS + 1):
        for i, parameter in enumerate(parameters.values()):
            parameter.grad = random(10 * step + i, *parameter.shape)
        steps.step()
        yield step, parameters


tensors = {}


def write(prefix, run):
    for step, parameters in run:
        tensors.update({f"{prefix}/{step}/{name}": parameter.detach().clone() for name, parameter in parameters.items()})


for kind in KINDS:
    write(f"ties/{kind}", ties(kind))
    for name, dtype in TYPES.items():
        write(f"{name}/{kind}", typed(kind, dtype))
write("groups", groups())
for i, name in enumerate(NAMES):
    tensors[f"ties/start/{name}"] = random(i, 5)
for step in range(1, STEPS + 1):
    tensors[f"ties/factor/{step}"] = random(100 + step, 5)
for label, shapes in {"typed": TYPED, "groups": GROUPED}.items():
    for i, (name, shape) in enumerate(shapes.items()):
        tensors[f"{label}/start/{name}"] = random(i, *shape)
        for step in range(1, STEPS + 1):
            tensors[f"{label}/gradient/{step}/{name}"] = random(10 * step + i, *shape)
save_file(tensors, sys.argv[1], metadata={"torch": torch.__version__})

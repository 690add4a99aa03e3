"""Writes the learning rates of torch's schedulers: one line per setting, group and step.

Usage: python schedules.py > ../resources/golden/optim/schedules.csv
"""
import warnings

import torch
from torch.optim import lr_scheduler as schedulers

warnings.simplefilter("ignore")

STEPS = 40
METRICS = [1.0, 0.8, 0.79997, 0.9, 0.85, 0.81, 0.7, 0.7, 0.71, 0.72, 0.73, 0.74, 0.6, 0.65, 0.66, 0.67, 0.68, 0.69, 0.7, 0.71]


def warmed(optimizer, warm_up, total, eta_min):
    rise = schedulers.LinearLR(optimizer, start_factor=1 / (warm_up + 1), total_iters=warm_up)
    fall = schedulers.CosineAnnealingLR(optimizer, T_max=total - warm_up, eta_min=eta_min)
    return schedulers.SequentialLR(optimizer, [rise, fall], milestones=[warm_up])


SETTINGS = {
    "step": lambda o: schedulers.StepLR(o, 7, gamma=0.3),
    "multi_step": lambda o: schedulers.MultiStepLR(o, [4, 5, 20], gamma=0.2),
    "exponential": lambda o: schedulers.ExponentialLR(o, 0.9),
    "linear": lambda o: schedulers.LinearLR(o, start_factor=0.25, end_factor=0.75, total_iters=12),
    "linear_down": lambda o: schedulers.LinearLR(o, start_factor=1.0, end_factor=0.0, total_iters=30),
    "polynomial": lambda o: schedulers.PolynomialLR(o, total_iters=25, power=2.0),
    "constant": lambda o: schedulers.ConstantLR(o, factor=1.0),
    "cosine": lambda o: schedulers.CosineAnnealingLR(o, T_max=STEPS, eta_min=0.001),
    "cosine_warm": lambda o: warmed(o, 5, STEPS, 0.0),
}
PLATEAUS = {
    "plateau": dict(factor=0.5, patience=2),
    "plateau_cool": dict(factor=0.1, patience=1, cooldown=2, min_lr=0.002),
    "plateau_abs": dict(factor=0.5, patience=2, threshold=0.05, threshold_mode="abs"),
    "plateau_max": dict(factor=0.5, patience=3, mode="max"),
}


def optimizer():
    return torch.optim.SGD([dict(params=[torch.nn.Parameter(torch.zeros(1))], lr=lr) for lr in (0.1, 0.02)])


def write(name, step, optimizer):
    for index, group in enumerate(optimizer.param_groups):
        print(f"{name},{step},{index},{group['lr']!r}")


print("# setting,step,group,lr; torch " + torch.__version__)
for name, make in SETTINGS.items():
    o = optimizer()
    scheduler = make(o)
    for step in range(STEPS):
        write(name, step, o)
        o.step()
        scheduler.step()
for name, settings in PLATEAUS.items():
    o = optimizer()
    scheduler = schedulers.ReduceLROnPlateau(o, **settings)
    write(name, 0, o)
    for step, metric in enumerate(METRICS):
        scheduler.step(metric)
        write(name, step + 1, o)

"""Writes the learning rates and momenta of torch.optim.lr_scheduler.OneCycleLR: one line per setting, group and step.

Usage: python one_cycle.py > ../resources/golden/optim/one_cycle.csv
"""
import itertools
import warnings

import torch

warnings.simplefilter("ignore")

SETTINGS = [
    dict(total_steps=100),
    dict(total_steps=100, anneal_strategy="linear"),
    dict(total_steps=100, three_phase=True),
    dict(total_steps=100, three_phase=True, anneal_strategy="linear"),
    dict(total_steps=100, cycle_momentum=False),
    dict(total_steps=37, pct_start=0.25, div_factor=10.0, final_div_factor=100.0),
    dict(total_steps=37, pct_start=0.4, three_phase=True, final_div_factor=1e3),
    dict(total_steps=200, pct_start=0.05, anneal_strategy="linear", base_momentum=0.8, max_momentum=0.9),
    dict(epochs=7, steps_per_epoch=13, pct_start=0.5),
    dict(total_steps=50, max_lr=[0.1, 0.02], base_momentum=[0.85, 0.7], max_momentum=[0.95, 0.99]),
    dict(total_steps=1),
    dict(total_steps=2),
    dict(total_steps=20, pct_start=0.0),
    dict(total_steps=19, pct_start=1.0, adam=True),
    dict(total_steps=60, adam=True, base_momentum=0.6, max_momentum=0.93, three_phase=True, pct_start=0.33),
]


def rows(settings):
    settings = dict(settings)
    adam = settings.pop("adam", False)
    max_lr = settings.pop("max_lr", 0.1)
    groups = [{"params": [torch.nn.Parameter(torch.zeros(1))]} for _ in (max_lr if isinstance(max_lr, list) else [0])]
    optimizer = torch.optim.Adam(groups) if adam else torch.optim.SGD(groups, lr=1.0, momentum=0.5)
    scheduler = torch.optim.lr_scheduler.OneCycleLR(optimizer, max_lr=max_lr, **settings)
    for step in itertools.count():
        for index, group in enumerate(optimizer.param_groups):
            yield step, index, group["lr"], group["betas"][0] if adam else group["momentum"]
        try:
            scheduler.step()
        except (ValueError, ZeroDivisionError):
            return


print("# setting,step,group,lr,momentum; torch " + torch.__version__)
for number, settings in enumerate(SETTINGS):
    for step, group, lr, momentum in rows(settings):
        print(f"{number},{step},{group},{lr!r},{momentum!r}")

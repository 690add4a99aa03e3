"""Writes averages.json: moving averages of known weights and running statistics by torch's AveragedModel.

Needs torch 2.7.1. Usage: python average_goldens.py ../resources/org/ascend4j/trainer
"""

import json
import sys
from pathlib import Path

import torch
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

DECAY = 0.9
STEPS = 6


def network():
    return torch.nn.Sequential(torch.nn.BatchNorm2d(3), torch.nn.Flatten(), torch.nn.Linear(3, 2))


def fill(model, step):
    """Sets every parameter and buffer to values that are exact in binary."""
    with torch.no_grad():
        for number, tensor in enumerate(model.state_dict().values()):
            if tensor.is_floating_point():
                tensor.flatten().copy_(torch.tensor([(step * 13 + number * 5 + i * 7) % 17 / 16 for i in range(tensor.numel())]))


def average(every, use_buffers):
    model = network()
    averaged = AveragedModel(model, multi_avg_fn=get_ema_multi_avg_fn(DECAY), use_buffers=use_buffers)
    for step in range(1, STEPS + 1):
        fill(model, step)
        if step % every == 0:
            averaged.update_parameters(model)
    state = averaged.module.state_dict()
    return {name: tensor.flatten().tolist() for name, tensor in state.items() if tensor.is_floating_point()}


if __name__ == "__main__":
    cases = {f"{every},{str(use).lower()}": average(every, use) for every in (1, 2) for use in (True, False)}
    (Path(sys.argv[1]) / "engine").mkdir(exist_ok=True)
    (Path(sys.argv[1]) / "engine/averages.json").write_text(json.dumps(cases, indent=1) + "\n")

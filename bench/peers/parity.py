"""Writes Kaiming weights and the losses of the Ascend tutorial's loop from them: unshuffled, unaugmented, one thread.

Usage: parity.py CIFAR STEPS WEIGHTS LOSSES   (CIFAR: a folder in the binary layout; WEIGHTS, LOSSES: files to write)
"""

import json
import sys
from pathlib import Path

import numpy as np
import torch
from recipe import GoogLeNet, Training, normalise
from torch import nn

BATCH = 128


def cifar(folder, images):
    parts, rows = [], 0
    for part in range(1, 6):
        parts.append(np.fromfile(Path(folder) / f"data_batch_{part}.bin", dtype=np.uint8).reshape(-1, 3073))
        rows += len(parts[-1])
        if rows >= images:
            break
    records = np.concatenate(parts)[:images]
    return torch.from_numpy(records[:, 1:].copy()).reshape(-1, 3, 32, 32), torch.from_numpy(records[:, 0].astype(np.int64))


def main():
    folder, steps, weights, losses = sys.argv[1], int(sys.argv[2]), sys.argv[3], sys.argv[4]
    torch.set_num_threads(1)
    torch.manual_seed(0)
    model = GoogLeNet()
    for module in model.modules():
        if isinstance(module, nn.Conv2d):
            nn.init.kaiming_normal_(module.weight, nonlinearity="relu")
            nn.init.zeros_(module.bias)
    torch.save(model.state_dict(), weights)
    images, labels = cifar(folder, steps * BATCH)
    # The schedule of one epoch of the whole set, as in the Java run.
    training = Training(model, 0.05, 1, 391)
    found = []
    for first in range(0, steps * BATCH, BATCH):
        batch = slice(first, first + BATCH)
        found.append(training.step(normalise(images[batch]), labels[batch]).item())
    Path(losses).write_text(json.dumps(found))


if __name__ == "__main__":
    main()

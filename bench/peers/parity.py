"""Writes Kaiming weights and the losses of the article's loop from them: unshuffled, unaugmented, one thread.

Usage: parity.py CIFAR STEPS WEIGHTS LOSSES   (CIFAR: a folder in the binary layout; WEIGHTS, LOSSES: files to write)
"""

import json
import sys
from pathlib import Path

import numpy as np
import torch
from torch import nn

sys.path.insert(0, str(Path(__file__).parents[2] / "trainer/src/test/python"))
from googlenet import GoogLeNet  # noqa: E402

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
    mean = torch.tensor([0.4914, 0.4822, 0.4465]).reshape(1, 3, 1, 1)
    std = torch.tensor([0.2023, 0.1994, 0.2010]).reshape(1, 3, 1, 1)
    criterion = nn.CrossEntropyLoss()
    optimizer = torch.optim.SGD(model.parameters(), lr=1.0, weight_decay=5e-4)
    # The schedule of one epoch of the whole set, as Java's run has it.
    scheduler = torch.optim.lr_scheduler.OneCycleLR(optimizer, 0.05, epochs=1, steps_per_epoch=391)
    found = []
    for first in range(0, steps * BATCH, BATCH):
        batch = slice(first, first + BATCH)
        optimizer.zero_grad()
        loss = criterion(model((images[batch].float() / 255 - mean) / std), labels[batch])
        loss.backward()
        optimizer.step()
        scheduler.step()
        found.append(loss.item())
    Path(losses).write_text(json.dumps(found))


if __name__ == "__main__":
    main()

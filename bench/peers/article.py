"""The article's loop in Python, images resident as bytes: prints images per second of the second epoch.

Usage: article.py LAYOUT BATCH STEPS   (LAYOUT: contiguous or channels_last)
"""

import sys
import time
from pathlib import Path

import torch
from torch import nn

sys.path.insert(0, str(Path(__file__).parents[2] / "trainer/src/test/python"))
from googlenet import GoogLeNet  # noqa: E402


def main():
    layout, batch, steps = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    torch.set_num_threads(1)
    torch.manual_seed(0)
    format_ = torch.channels_last if layout == "channels_last" else torch.contiguous_format
    model = GoogLeNet().to(memory_format=format_)
    images = torch.randint(0, 256, (batch * steps, 3, 32, 32), dtype=torch.uint8)
    labels = torch.arange(batch * steps) % 10
    mean = torch.tensor([0.4914, 0.4822, 0.4465]).reshape(1, 3, 1, 1)
    std = torch.tensor([0.2023, 0.1994, 0.2010]).reshape(1, 3, 1, 1)
    criterion = nn.CrossEntropyLoss()
    optimizer = torch.optim.SGD(model.parameters(), lr=1.0, weight_decay=5e-4)
    scheduler = torch.optim.lr_scheduler.OneCycleLR(optimizer, 0.05, epochs=2, steps_per_epoch=steps)
    for _ in range(2):
        order = torch.randperm(batch * steps)
        start = time.perf_counter()
        for first in range(0, batch * steps, batch):
            picked = order[first : first + batch]
            input_ = (images[picked].float() / 255 - mean) / std
            optimizer.zero_grad()
            loss = criterion(model(input_.to(memory_format=format_)), labels[picked])
            loss.backward()
            optimizer.step()
            scheduler.step()
            loss.item()
        rate = batch * steps / (time.perf_counter() - start)
    print(rate)


if __name__ == "__main__":
    main()

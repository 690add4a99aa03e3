"""The article's loop as printed: CIFAR10 images through a DataLoader with its transforms, SGD, OneCycleLR, torch's default threads.

Usage: article_loop.py BATCH STEPS [first]   Prints images per second from the median step; with first, ends after the first step.
"""

import statistics
import sys
import time
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from torch import nn
from torchvision import transforms

sys.path.insert(0, str(Path(__file__).parents[2] / "trainer/src/test/python"))
from googlenet import GoogLeNet  # noqa: E402

WARM_UP = 5


class Images(torch.utils.data.Dataset):
    """What torchvision's CIFAR10 does with an image: a PIL image from an array in memory, then the transforms."""

    def __init__(self, count, transform):
        self.data = np.random.default_rng(0).integers(0, 256, (count, 32, 32, 3), dtype=np.uint8)
        self.transform = transform

    def __len__(self):
        return len(self.data)

    def __getitem__(self, index):
        return self.transform(Image.fromarray(self.data[index])), index % 10


def main():
    batch, steps, first = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3:] == ["first"]
    transform = transforms.Compose([
        transforms.RandomCrop(32, padding=4),
        transforms.RandomHorizontalFlip(),
        transforms.ToTensor(),
        transforms.Normalize((0.4914, 0.4822, 0.4465), (0.2023, 0.1994, 0.2010)),
    ])
    loader = torch.utils.data.DataLoader(Images(batch * (steps + WARM_UP + 1), transform), batch_size=batch, shuffle=True)
    net = GoogLeNet()
    criterion = nn.CrossEntropyLoss()
    optimizer = torch.optim.SGD(net.parameters(), lr=1.0, weight_decay=5e-4)
    scheduler = torch.optim.lr_scheduler.OneCycleLR(optimizer, 0.1, steps_per_epoch=len(loader), epochs=1)
    seconds = []
    start = time.perf_counter()
    net.train()
    for images, labels in loader:
        optimizer.zero_grad()
        loss = criterion(net(images), labels)
        loss.backward()
        optimizer.step()
        scheduler.step()
        loss.item()
        if first:
            print("first step done", flush=True)
            return
        now = time.perf_counter()
        seconds.append(now - start)
        start = now
    print(batch / statistics.median(seconds[WARM_UP:]))


if __name__ == "__main__":
    main()

"""The Ascend tutorial's loop as printed: CIFAR10 images through a DataLoader with its transforms, SGD, OneCycleLR, torch's default threads.

Usage: article_loop.py BATCH STEPS [first]   Prints images per second from the median step; with `first`, ends after the first step.
"""

import statistics
import sys
import time

import numpy as np
import torch
from PIL import Image
from recipe import MEAN, STD, GoogLeNet, Training
from torchvision import transforms

WARM_UP = 5


class Images(torch.utils.data.Dataset):
    """As torchvision's CIFAR10: makes a PIL image from an array in memory, then applies the transforms."""

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
        transforms.Normalize(MEAN, STD),
    ])
    loader = torch.utils.data.DataLoader(Images(batch * (steps + WARM_UP + 1), transform), batch_size=batch, shuffle=True)
    net = GoogLeNet()
    training = Training(net, 0.1, 1, len(loader))
    seconds = []
    start = time.perf_counter()
    net.train()
    for images, labels in loader:
        training.step(images, labels).item()
        if first:
            print("first step done", flush=True)
            return
        now = time.perf_counter()
        seconds.append(now - start)
        start = now
    print(batch / statistics.median(seconds[WARM_UP:]))


if __name__ == "__main__":
    main()

"""The Ascend tutorial's loop in Python, images resident as bytes: prints images per second of the second epoch.

Usage: article.py LAYOUT BATCH STEPS   (LAYOUT: contiguous or channels_last)
"""

import sys
import time

import torch
from recipe import GoogLeNet, Training, normalise


def main():
    layout, batch, steps = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    torch.set_num_threads(1)
    torch.manual_seed(0)
    format_ = torch.channels_last if layout == "channels_last" else torch.contiguous_format
    model = GoogLeNet().to(memory_format=format_)
    images = torch.randint(0, 256, (batch * steps, 3, 32, 32), dtype=torch.uint8)
    labels = torch.arange(batch * steps) % 10
    training = Training(model, 0.05, 2, steps)
    for _ in range(2):
        order = torch.randperm(batch * steps)
        start = time.perf_counter()
        for first in range(0, batch * steps, batch):
            picked = order[first : first + batch]
            input_ = normalise(images[picked]).to(memory_format=format_)
            training.step(input_, labels[picked]).item()
        rate = batch * steps / (time.perf_counter() - start)
    print(rate)


if __name__ == "__main__":
    main()

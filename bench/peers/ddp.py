"""The Ascend tutorial's loop with torch's DistributedDataParallel and DistributedSampler on gloo, for comparison with several ranks of Ascend4J.

python ddp.py prepare FOLDER             writes images (IDX files) and the weights from which both programs start
torchrun ... ddp.py train FOLDER OPTIONS trains and writes FOLDER/ddp.json: the mean loss of all ranks, step by step
"""

import argparse
import json
import os
import struct
import time

import torch
import torch.distributed as dist
from recipe import GoogLeNet, Training
from torch import nn
from torch.nn.parallel import DistributedDataParallel
from torch.utils.data import DataLoader, DistributedSampler, TensorDataset

SIDE, MEAN, STD = 32, 0.5, 0.25


def write_idx(path, array):
    with open(path, "wb") as file:
        file.write(struct.pack(">BBBB", 0, 0, 8, array.dim()) + struct.pack(f">{array.dim()}i", *array.shape))
        file.write(array.contiguous().numpy().tobytes())


def prepare(folder, images):
    os.makedirs(folder, exist_ok=True)
    generator = torch.Generator().manual_seed(1)
    for name, count in (("train", images), ("t10k", 10)):
        labels = torch.arange(count) * 7 % 10
        noise = torch.rand(count, SIDE, SIDE, generator=generator) * 128 + labels.reshape(-1, 1, 1) * 12
        write_idx(f"{folder}/{name}-images-idx3-ubyte", noise.to(torch.uint8))
        write_idx(f"{folder}/{name}-labels-idx1-ubyte", labels.to(torch.uint8))
    torch.manual_seed(2)
    model = GoogLeNet(in_channels=1)
    for layer in model.modules():
        if isinstance(layer, (nn.Conv2d, nn.Linear)):
            nn.init.xavier_uniform_(layer.weight)
            nn.init.zeros_(layer.bias)
    torch.save(model.state_dict(), f"{folder}/weights.pt")


def read_idx(path):
    with open(path, "rb") as file:
        data = file.read()
    shape = struct.unpack(f">{data[3]}i", data[4 : 4 + 4 * data[3]])
    return torch.frombuffer(bytearray(data[4 + 4 * data[3] :]), dtype=torch.uint8).reshape(shape)


def train(folder, batch, epochs, max_lr):
    torch.set_num_threads(1)
    dist.init_process_group("gloo")
    rank, size = dist.get_rank(), dist.get_world_size()
    images = (read_idx(f"{folder}/train-images-idx3-ubyte").float() / 255 - MEAN) / STD
    data = TensorDataset(images.unsqueeze(1), read_idx(f"{folder}/train-labels-idx1-ubyte").long())
    loader = DataLoader(data, batch, sampler=DistributedSampler(data, shuffle=False))
    model = GoogLeNet(in_channels=1)
    model.load_state_dict(torch.load(f"{folder}/weights.pt"))
    training = Training(DistributedDataParallel(model), max_lr, epochs, len(loader))
    losses, start = [], 0
    for epoch in range(epochs):
        if epoch == 1 or epochs == 1:
            start = time.perf_counter()
        for pixels, labels in loader:
            losses.append(training.step(pixels, labels))
    seconds = time.perf_counter() - start
    losses = torch.stack(losses)
    dist.all_reduce(losses)
    if rank == 0:
        rate = len(loader) * batch * size * max(1, epochs - 1) / seconds
        with open(f"{folder}/ddp.json", "w") as file:
            json.dump({"losses": (losses / size).tolist(), "images_per_second": rate}, file)
    dist.destroy_process_group()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("what", choices=("prepare", "train"))
    parser.add_argument("folder")
    parser.add_argument("--images", type=int, default=60)
    parser.add_argument("--batch", type=int, default=6)
    parser.add_argument("--epochs", type=int, default=10)
    parser.add_argument("--max-lr", type=float, default=0.002)
    options = parser.parse_args()
    if options.what == "prepare":
        prepare(options.folder, options.images)
    else:
        train(options.folder, options.batch, options.epochs, options.max_lr)


if __name__ == "__main__":
    main()

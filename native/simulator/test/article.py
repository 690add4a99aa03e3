"""The Ascend tutorial's training loop (its GoogLeNet, SGD, OneCycleLR, loss.item() per step) on random images.

The peer whose launches, copies and synchronisations are counted:
    with-simulated-cann --counters c.json -- VENV/bin/python article.py --steps 3
"""
import argparse
import json

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn


class Inception(nn.Module):
    def __init__(self, inputs, c1, c2, c3, c4):
        super().__init__()
        self.p1_1 = nn.Conv2d(inputs, c1, kernel_size=1)
        self.p2_1 = nn.Conv2d(inputs, c2[0], kernel_size=1)
        self.p2_2 = nn.Conv2d(c2[0], c2[1], kernel_size=3, padding=1)
        self.p3_1 = nn.Conv2d(inputs, c3[0], kernel_size=1)
        self.p3_2 = nn.Conv2d(c3[0], c3[1], kernel_size=5, padding=2)
        self.p4_1 = nn.MaxPool2d(kernel_size=3, stride=1, padding=1)
        self.p4_2 = nn.Conv2d(inputs, c4, kernel_size=1)

    def forward(self, x):
        p1 = F.relu(self.p1_1(x))
        p2 = F.relu(self.p2_2(F.relu(self.p2_1(x))))
        p3 = F.relu(self.p3_2(F.relu(self.p3_1(x))))
        p4 = F.relu(self.p4_2(self.p4_1(x)))
        return torch.cat((p1, p2, p3, p4), dim=1)


class GoogLeNet(nn.Module):
    def __init__(self, channels=3, classes=1000):
        super().__init__()
        self.stage1 = nn.Sequential(
            nn.Conv2d(channels, 64, kernel_size=7, stride=2, padding=3),
            nn.ReLU(inplace=True),
            nn.MaxPool2d(kernel_size=3, stride=2, padding=1))
        self.stage2 = nn.Sequential(
            nn.Conv2d(64, 64, kernel_size=1),
            nn.ReLU(inplace=True),
            nn.Conv2d(64, 192, kernel_size=3, padding=1),
            nn.ReLU(inplace=True),
            nn.MaxPool2d(kernel_size=3, stride=2, padding=1))
        self.stage3 = nn.Sequential(
            Inception(192, 64, (96, 128), (16, 32), 32),
            Inception(256, 128, (128, 192), (32, 96), 64),
            nn.MaxPool2d(kernel_size=3, stride=2, padding=1))
        self.stage4 = nn.Sequential(
            Inception(480, 192, (96, 208), (16, 48), 64),
            Inception(512, 160, (112, 224), (24, 64), 64),
            Inception(512, 128, (128, 256), (24, 64), 64),
            Inception(512, 112, (144, 288), (32, 64), 64),
            Inception(528, 256, (160, 320), (32, 128), 128),
            nn.MaxPool2d(kernel_size=3, stride=2, padding=1))
        self.stage5 = nn.Sequential(
            Inception(832, 256, (160, 320), (32, 128), 128),
            Inception(832, 384, (192, 384), (48, 128), 128),
            nn.AdaptiveAvgPool2d((1, 1)),
            nn.Flatten())
        self.fc = nn.Linear(1024, classes)

    def forward(self, x):
        for stage in (self.stage1, self.stage2, self.stage3, self.stage4, self.stage5, self.fc):
            x = stage(x)
        return x


def train(device, steps, batch=128, seed=0, foreach=None, epochs=150, steps_per_epoch=391):
    """Yields the loss of each step; data and initial weights depend only on the seed."""
    rng = np.random.default_rng(seed)
    torch.manual_seed(seed)
    net = GoogLeNet().to(device)
    criterion = nn.CrossEntropyLoss()
    optimizer = torch.optim.SGD(net.parameters(), lr=1.0, weight_decay=5e-4, foreach=foreach)
    scheduler = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, 0.1, steps_per_epoch=steps_per_epoch, epochs=epochs, div_factor=25, final_div_factor=10000,
        pct_start=0.3)
    net.train()
    for _ in range(steps):
        inputs = torch.from_numpy(rng.standard_normal((batch, 3, 32, 32), dtype=np.float32)).to(device)
        targets = torch.from_numpy(rng.integers(0, 10, batch)).to(device)
        optimizer.zero_grad()
        outputs = net(inputs)
        loss = criterion(outputs, targets)
        loss.backward()
        optimizer.step()
        scheduler.step()
        yield loss.item()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--device", default="npu:0")
    parser.add_argument("--steps", type=int, default=3)
    parser.add_argument("--batch", type=int, default=128)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--foreach", choices=("auto", "on", "off"), default="auto", help="SGD's list operators")
    arguments = parser.parse_args()
    if arguments.device.startswith("npu"):
        import torch_npu
        torch_npu.npu.config.allow_internal_format = False
        torch_npu.npu.set_compile_mode(jit_compile=False)
    foreach = {"auto": None, "on": True, "off": False}[arguments.foreach]
    for step, loss in enumerate(train(arguments.device, arguments.steps, arguments.batch, arguments.seed, foreach)):
        print(json.dumps({"step": step, "loss": loss}), flush=True)


if __name__ == "__main__":
    main()

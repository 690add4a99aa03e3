"""Trains a network of another tutorial on npu and on cpu and prints the largest relative difference of losses as JSON.

    with-simulated-cann -- VENV/bin/python tutorials.py NAME
"""
import argparse
import json

import torch
import torch.nn.functional as F
import torch_npu
from torch import nn

STEPS = 5


class Residual(nn.Module):
    """A basic block of ResNet (He et al. 2015)."""

    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.body = nn.Sequential(
            nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False), nn.BatchNorm2d(outputs), nn.ReLU(inplace=True),
            nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False), nn.BatchNorm2d(outputs))
        self.shortcut = nn.Identity() if stride == 1 and inputs == outputs else nn.Sequential(
            nn.Conv2d(inputs, outputs, 1, stride, bias=False), nn.BatchNorm2d(outputs))

    def forward(self, x):
        return F.relu(self.body(x) + self.shortcut(x))


def resnet18():
    layers, inputs = [nn.Conv2d(3, 64, 3, 1, 1, bias=False), nn.BatchNorm2d(64), nn.ReLU(inplace=True)], 64
    for outputs, stride in ((64, 1), (128, 2), (256, 2), (512, 2)):
        layers += [Residual(inputs, outputs, stride), Residual(outputs, outputs, 1)]
        inputs = outputs
    return nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(512, 10))


def alexnet():
    return nn.Sequential(
        nn.Conv2d(3, 64, 3, 2, 1), nn.MaxPool2d(2), nn.ReLU(inplace=True), nn.Conv2d(64, 192, 3, padding=1),
        nn.MaxPool2d(2), nn.ReLU(inplace=True), nn.Conv2d(192, 384, 3, padding=1), nn.ReLU(inplace=True),
        nn.Conv2d(384, 256, 3, padding=1), nn.ReLU(inplace=True), nn.MaxPool2d(2), nn.Flatten(), nn.Linear(1024, 512),
        nn.ReLU(inplace=True), nn.Linear(512, 10))


def mobilenet():
    """MobileNetV1 (Howard et al. 2017): depthwise and pointwise convolutions with ReLU6."""
    layers, inputs = [nn.Conv2d(3, 32, 3, 1, 1, bias=False), nn.BatchNorm2d(32), nn.ReLU6(inplace=True)], 32
    for outputs, stride in ((64, 1), (128, 2), (128, 1), (256, 2), (256, 1), (512, 2)):
        for conv in (nn.Conv2d(inputs, inputs, 3, stride, 1, groups=inputs, bias=False),
                     nn.Conv2d(inputs, outputs, 1, bias=False)):
            layers += [conv, nn.BatchNorm2d(conv.out_channels), nn.ReLU6(inplace=True)]
        inputs = outputs
    return nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(512, 10))


class Encoder(nn.Module):
    """Classifies sequences of 12 words by the mean of a transformer encoder's outputs."""

    def __init__(self, batch_first, fast):
        super().__init__()
        self.batch_first = batch_first
        self.words = nn.Embedding(50, 32)
        layer = nn.TransformerEncoderLayer(32, 4, 64, dropout=0.0, batch_first=batch_first)
        self.encoder = nn.TransformerEncoder(layer, 2, enable_nested_tensor=fast)
        self.out = nn.Linear(32, 10)

    def forward(self, words):
        x = self.words(words)
        if not self.batch_first:
            return self.out(self.encoder(x.transpose(0, 1)).mean(0))
        return self.out(self.encoder(x).mean(1))


class Recurrent(nn.Module):
    """Classifies sequences of 12 words by the last step of an LSTM or a GRU with two layers."""

    def __init__(self, kind):
        super().__init__()
        self.words = nn.Embedding(50, 32)
        self.layers = kind(32, 48, num_layers=2, batch_first=True)
        self.out = nn.Linear(48, 10)

    def forward(self, words):
        return self.out(self.layers(self.words(words))[0][:, -1])


class Binary(nn.Module):
    """Ten binary classifications of 20 numbers."""

    def __init__(self, *last):
        super().__init__()
        self.net = nn.Sequential(nn.Linear(20, 32), nn.LayerNorm(32), nn.GELU(), nn.Linear(32, 10), *last)

    def forward(self, x):
        return self.net(x)


def images():
    return torch.randn(8, 3, 32, 32)


def words():
    return torch.randint(0, 50, (8, 12))


def numbers():
    return torch.randn(8, 20)


def answers(targets):
    return F.one_hot(targets, 10).float()


SGD = lambda p: torch.optim.SGD(p, 0.01, 0.9, weight_decay=5e-4, foreach=True)
ADAM = lambda p: torch.optim.Adam(p, 1e-3, foreach=True)
ADAMW = lambda p: torch.optim.AdamW(p, 1e-3, foreach=True)
CROSS_ENTROPY = F.cross_entropy
VARIANTS = {
    "resnet18": (resnet18, images, CROSS_ENTROPY, SGD),
    "alexnet": (alexnet, images, CROSS_ENTROPY, SGD),
    "mobilenet": (mobilenet, images, CROSS_ENTROPY, SGD),
    "encoder": (lambda: Encoder(False, False), words, CROSS_ENTROPY, ADAMW),
    "encoder-batch-first": (lambda: Encoder(True, False), words, CROSS_ENTROPY, ADAMW),
    "encoder-fast-path": (lambda: Encoder(True, True), words, CROSS_ENTROPY, ADAM),
    "lstm": (lambda: Recurrent(nn.LSTM), words, CROSS_ENTROPY, ADAM),
    "gru": (lambda: Recurrent(nn.GRU), words, CROSS_ENTROPY, ADAM),
    "bce": (lambda: Binary(nn.Sigmoid()), numbers, lambda o, t: F.binary_cross_entropy(o, answers(t)), ADAMW),
    "bce-with-logits": (Binary, numbers, lambda o, t: F.binary_cross_entropy_with_logits(o, answers(t)), SGD),
}


def losses(device, make, inputs, criterion, optimiser):
    """Returns the loss of each training step, and of an evaluation without gradients, where an encoder may use its fast path."""
    torch.manual_seed(0)
    net = make().to(device)
    batches = [(inputs().to(device), torch.randint(0, 10, (8,)).to(device)) for _ in range(STEPS)]
    optimizer = optimiser(net.parameters())
    for x, targets in batches:
        optimizer.zero_grad()
        loss = criterion(net(x), targets)
        loss.backward()
        optimizer.step()
        yield loss.item()
    net.eval()
    with torch.no_grad():
        yield criterion(net(batches[0][0]), batches[0][1]).item()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="+", choices=VARIANTS)
    torch_npu.npu.config.allow_internal_format = False
    torch_npu.npu.set_compile_mode(jit_compile=False)
    results = {}
    for name in parser.parse_args().names:
        cpu, npu = (list(losses(device, *VARIANTS[name])) for device in ("cpu", "npu:0"))
        results[name] = max(abs(a - b) / abs(a) for a, b in zip(cpu, npu, strict=True))
    print(json.dumps(results))


if __name__ == "__main__":
    main()

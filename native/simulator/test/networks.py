"""Trains variants of GoogLeNet on npu and on cpu in fp32 and prints the largest relative difference of losses as JSON.

    with-simulated-cann -- VENV/bin/python networks.py VARIANT[:fp16|:bf16]...
"""
import argparse
import functools
import json

import torch
import torch.nn.functional as F
import torch_npu
from torch import nn

from article import GoogLeNet, train

STEPS = 4


def with_batch_norm(net):
    """Adds a batch normalisation after every convolution."""
    for name, child in net.named_children():
        if isinstance(child, nn.Conv2d):
            setattr(net, name, nn.Sequential(child, nn.BatchNorm2d(child.out_channels, eps=1e-3)))
        else:
            with_batch_norm(child)
    return net


class Classic(nn.Module):
    """The paper's network: local response normalisation, two auxiliary heads, dropout (p = 0: equal on all devices)."""

    def __init__(self):
        super().__init__()
        self.net = GoogLeNet(classes=10)
        self.net.stage1.append(nn.LocalResponseNorm(5, 1e-4, 0.75, 1.0))
        self.dropout = nn.Dropout(0.0)
        self.heads = nn.ModuleList(
            nn.Sequential(nn.AdaptiveAvgPool2d(4), nn.Conv2d(c, 128, 1), nn.ReLU(), nn.Flatten(),
                          nn.Linear(2048, 64), nn.ReLU(), nn.Linear(64, 10)) for c in (512, 528))

    def forward(self, x):
        net = self.net
        x = net.stage3(net.stage2(net.stage1(x)))
        taps = []
        for i, block in enumerate(net.stage4):
            x = block(x)
            if i in (0, 3):
                taps.append(x)
        return [net.fc(self.dropout(net.stage5(x)))] + [head(tap) for head, tap in zip(self.heads, taps)]


def losses(device, make, optimiser, precision="fp32", smoothing=0.0, clip=None):
    torch.manual_seed(0)
    net = make().to(device)
    inputs, targets = torch.randn(STEPS, 8, 3, 32, 32), torch.randint(0, 10, (STEPS, 8))
    optimizer = optimiser(net.parameters())
    autocast = {"fp32": None, "fp16": torch.float16, "bf16": torch.bfloat16}[precision]
    scaler = torch.amp.GradScaler(device.split(":")[0], enabled=precision == "fp16", init_scale=1024.0)
    values = []
    for x, y in zip(inputs.to(device), targets.to(device)):
        optimizer.zero_grad()
        with torch.autocast(device.split(":")[0], autocast or torch.bfloat16, enabled=autocast is not None):
            outputs = net(x)
            outputs = outputs if isinstance(outputs, list) else [outputs]
            loss = sum(w * F.cross_entropy(o, y, label_smoothing=smoothing) for w, o in zip((1, 0.3, 0.3), outputs))
        scaler.scale(loss).backward()
        if clip:
            scaler.unscale_(optimizer)
            nn.utils.clip_grad_norm_(net.parameters(), clip)
        scaler.step(optimizer)
        scaler.update()
        values.append(loss.item())
    net.eval()
    with torch.no_grad():
        outputs = net(inputs[0].to(device))
        output = outputs[0] if isinstance(outputs, list) else outputs
        values.append(F.cross_entropy(output, targets[0].to(device)).item())
    return values


SGD = dict(optimiser=lambda p: torch.optim.SGD(p, 0.01, 0.9, weight_decay=5e-4))
ADAM = dict(optimiser=lambda p: torch.optim.Adam(p, 1e-3))
VARIANTS = {
    "plain": dict(make=lambda: GoogLeNet(classes=10), **SGD),
    "adam": dict(make=lambda: GoogLeNet(classes=10), **ADAM),
    "batch-norm": dict(make=lambda: with_batch_norm(GoogLeNet(classes=10)), **SGD),
    "classic": dict(make=Classic, smoothing=0.1, clip=1.0, **SGD),
}


@functools.cache
def on_cpu(name):
    return list(train("cpu", STEPS, 16)) if name == "article" else losses("cpu", **VARIANTS[name])


def on_npu(name, precision):
    return (list(train("npu:0", STEPS, 16)) if name == "article"
            else losses("npu:0", precision=precision, **VARIANTS[name]))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("variants", nargs="+", help="article, " + ", ".join(VARIANTS))
    torch_npu.npu.config.allow_internal_format = False
    torch_npu.npu.set_compile_mode(jit_compile=False)
    results = {}
    for variant in parser.parse_args().variants:
        name, _, precision = variant.partition(":")
        pairs = zip(on_cpu(name), on_npu(name, precision or "fp32"), strict=True)
        results[variant] = max(abs(cpu - npu) / abs(cpu) for cpu, npu in pairs)
    print(json.dumps(results))


if __name__ == "__main__":
    main()

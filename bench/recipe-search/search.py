"""Trains many settings of a recipe on a GPU and writes one JSON line for each: how the recipes' values were found.

    python search.py plan.json results.jsonl cifar10-jpeg.tar.gz [seconds] [threads]

The plan is a list of objects that override DEFAULTS. Several settings train at once, each on its own stream, each step as one CUDA graph.
The model and the loop are those of the recipes `quick`, `fast` and `best`; the random numbers are Python's, so runs agree with Java's only
in their statistics. Needs torch with CUDA, numpy and Pillow.
"""

import contextlib
import io
import json
import math
import os
import queue
import sys
import tarfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import torch
from PIL import Image
from torch import nn
from torch.nn import functional as F

CUDA = torch.cuda.is_available()
DEVICE = torch.device("cuda" if CUDA else "cpu")
CAPTURING = threading.Lock()

DEFAULTS = dict(
    stem="cifar", width=1.0, dirac=False, whiten=False, freeze_whitening=True,
    epochs=11, batch=128, lr=0.1, warm=0.25, start=0.1, final=0.01, momentum=0.9, decay=5e-4, no_norm_decay=False, bias_rate=1.0,
    smoothing=0.1, padding=4, reflect=False, alternating_flip=False, cutout=0, cutmix=0.0, small=0, small_share=0.7, ema=0.0, seed=0,
)
MEAN, STD = (0.4914, 0.4822, 0.4465), (0.2023, 0.1994, 0.2010)
BLOCKS = [
    (64, 96, 128, 16, 32, 32), (128, 128, 192, 32, 96, 64), None,
    (192, 96, 208, 16, 48, 64), (160, 112, 224, 24, 64, 64), (128, 128, 256, 24, 64, 64), (112, 144, 288, 32, 64, 64), (256, 160, 320, 32, 128, 128), None,
    (256, 160, 320, 32, 128, 128), (384, 192, 384, 48, 128, 128),
]


def photographs(archive):
    """Returns normalised training images, their labels, test images, their labels, on the device."""
    with tarfile.open(archive) as tar:
        files = [(m.name.split("/"), tar.extractfile(m).read()) for m in tar if m.name.endswith(".jpg")]
    classes = sorted({path[-2] for path, _ in files})
    with ThreadPoolExecutor() as pool:
        pixels = list(pool.map(lambda file: np.asarray(Image.open(io.BytesIO(file[1])).convert("RGB")), files))
    images = torch.from_numpy(np.stack(pixels)).permute(0, 3, 1, 2).float().div_(255)
    images = (images - torch.tensor(MEAN).view(1, 3, 1, 1)) / torch.tensor(STD).view(1, 3, 1, 1)
    labels = torch.tensor([classes.index(path[-2]) for path, _ in files])
    train = torch.tensor([path[-3] == "train" for path, _ in files])
    return images[train].to(DEVICE), labels[train].to(DEVICE), images[~train].to(DEVICE), labels[~train].to(DEVICE)


def convolution(inputs, outputs, kernel, stride=1):
    return nn.Sequential(nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, bias=False), nn.BatchNorm2d(outputs), nn.ReLU(True))


class Inception(nn.Module):
    def __init__(self, inputs, one, reduce3, three, reduce5, five, pool):
        super().__init__()
        self.one = convolution(inputs, one, 1)
        self.three = nn.Sequential(convolution(inputs, reduce3, 1), convolution(reduce3, three, 3))
        self.five = nn.Sequential(convolution(inputs, reduce5, 1), convolution(reduce5, five, 5))
        self.pool = nn.Sequential(nn.MaxPool2d(3, 1, 1), convolution(inputs, pool, 1))

    def forward(self, x):
        return torch.cat([self.one(x), self.three(x), self.five(x), self.pool(x)], 1)


def googlenet(c):
    scaled = lambda channels: max(8, round(channels * c["width"] / 8) * 8)
    halve = lambda: nn.MaxPool2d(3, 2, 1)
    first, inputs = scaled(64), scaled(192)
    kernel, stride = (7, 2) if c["stem"] == "imagenet" else (3, 1)
    layers = [convolution(3, first, kernel, stride), halve(), convolution(first, first, 1), convolution(first, inputs, 3)]
    if c["stem"] != "cifar-fine":
        layers.append(halve())
    for block in BLOCKS:
        if block is None:
            layers.append(halve())
        else:
            widths = [scaled(channels) for channels in block]
            layers.append(Inception(inputs, *widths))
            inputs = widths[0] + widths[2] + widths[4] + widths[5]
    net = nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(inputs, 10))
    random = torch.Generator().manual_seed(c["seed"])
    for module in net.modules():
        if isinstance(module, nn.Conv2d):
            nn.init.kaiming_normal_(module.weight, nonlinearity="relu", generator=random)
            if c["dirac"] and module.stride == (1, 1):
                nn.init.dirac_(module.weight.data[: module.weight.size(1)])
        elif isinstance(module, nn.Linear):
            nn.init.kaiming_uniform_(module.weight, a=math.sqrt(5), generator=random)
            nn.init.zeros_(module.bias)
    return net


def whiten(net, images, frozen):
    """airbench's first layer: the scaled eigenvectors of the covariance of patches, and their negatives."""
    weight = net[0][0].weight
    kernel = weight.size(3)
    patches = images[:5000].unfold(2, kernel, 1).unfold(3, kernel, 1)[:, :, ::2, ::2].permute(0, 2, 3, 1, 4, 5).reshape(-1, 3 * kernel * kernel)
    values, vectors = torch.linalg.eigh(patches.T @ patches / len(patches))
    filters = (vectors / (values + 5e-4).sqrt()).T.reshape(-1, 3, kernel, kernel)
    filters = torch.cat([filters, -filters])[-weight.size(0) :]
    weight.data[: len(filters)] = filters
    weight.requires_grad_(not frozen)


def augment(images, c, random, epoch, mirrored_first):
    draw = lambda high: torch.randint(0, high, (len(images),), generator=random, device=DEVICE)
    mirrored = mirrored_first ^ bool(epoch % 2) if c["alternating_flip"] else draw(2) == 1
    images = torch.where(mirrored.view(-1, 1, 1, 1), images.flip(3), images)
    if c["padding"]:
        padded = F.pad(images, (c["padding"],) * 4, "reflect" if c["reflect"] else "constant")
        offsets = 2 * c["padding"] + 1
        place = draw(offsets * offsets)
        images = torch.empty_like(images)
        for top in range(offsets):
            for left in range(offsets):
                chosen = (place == top * offsets + left).nonzero().squeeze(1)
                images[chosen] = padded[chosen, :, top : top + 32, left : left + 32]
    if c["cutout"]:
        pixels, half = torch.arange(32, device=DEVICE), c["cutout"] // 2
        inside = lambda centre: (pixels >= centre - half) & (pixels < centre - half + c["cutout"])
        images = images.masked_fill((inside(draw(32).view(-1, 1)).unsqueeze(2) & inside(draw(32).view(-1, 1)).unsqueeze(1)).unsqueeze(1), 0)
    return images


def cutmix(images, targets, alpha, random, seed):
    numbers = np.random.default_rng(seed)
    side, y, x = int(32 * math.sqrt(1 - numbers.beta(alpha, alpha))), numbers.integers(32), numbers.integers(32)
    rows, columns = slice(max(y - side // 2, 0), min(y + side // 2, 32)), slice(max(x - side // 2, 0), min(x + side // 2, 32))
    other = torch.randperm(len(images), generator=random, device=DEVICE)
    images = images.clone()
    images[:, :, rows, columns] = images[other][:, :, rows, columns]
    share = 1 - (rows.stop - rows.start) * (columns.stop - columns.start) / 1024
    return images, share * targets + (1 - share) * targets[other]


class Steps:
    """One training step for each image size, captured once."""

    def __init__(self, net, c):
        self.net, self.c, self.graphs = net, c, {}
        norms = [m for m in net.modules() if isinstance(m, nn.BatchNorm2d)]
        biases, plain = {id(m.bias) for m in norms}, {id(m.weight) for m in norms} | {id(net[-1].bias)}
        self.weights = [p for p in net.parameters() if p.requires_grad]
        self.velocities = [torch.zeros_like(p) for p in self.weights]
        self.rates = [c["bias_rate"] if id(p) in biases else 1.0 for p in self.weights]
        self.decays = [0.0 if c["no_norm_decay"] and id(p) in biases | plain else c["decay"] / rate for p, rate in zip(self.weights, self.rates)]
        self.rate, self.loss = torch.zeros((), device=DEVICE), torch.zeros((), device=DEVICE)
        self.targets = torch.zeros(c["batch"], 10, device=DEVICE)
        sides = {32, c["small"] or 32}
        self.images = {s: torch.zeros(c["batch"], 3, s, s, device=DEVICE).to(memory_format=torch.channels_last) for s in sides}

    def capture(self, stream):
        for side, images in self.images.items():
            with CAPTURING:
                before = [t.clone() for t in self.net.state_dict().values()]
                for _ in range(3):
                    self.update(images)
                torch.cuda.current_stream().synchronize()
                self.graphs[side] = torch.cuda.CUDAGraph()
                with torch.cuda.graph(self.graphs[side], stream=stream, capture_error_mode="thread_local"):
                    self.update(images)
                for tensor, value in zip(self.net.state_dict().values(), before):
                    tensor.copy_(value)
                torch._foreach_zero_(self.velocities)

    def update(self, images):
        with torch.autocast(DEVICE.type, torch.bfloat16, enabled=CUDA):
            logits = self.net(images)
        loss = -(self.targets * F.log_softmax(logits.float(), 1)).sum(1).mean()
        gradients = list(torch.autograd.grad(loss, self.weights))
        with torch.no_grad():
            torch._foreach_add_(gradients, torch._foreach_mul(self.weights, self.decays))
            torch._foreach_mul_(self.velocities, self.c["momentum"])
            torch._foreach_add_(self.velocities, gradients)
            torch._foreach_add_(gradients, torch._foreach_mul(self.velocities, self.c["momentum"]))
            torch._foreach_mul_(gradients, self.rates)
            torch._foreach_sub_(self.weights, torch._foreach_mul(gradients, self.rate))
            self.loss.copy_(loss)

    def run(self, images, targets, rate):
        side = images.size(2)
        self.rate.fill_(rate)
        self.images[side].copy_(images)
        self.targets.copy_(targets)
        self.graphs[side].replay() if self.graphs else self.update(self.images[side])


def accuracies(net, images, labels):
    """Returns the accuracy in percent of single images, with mirror images, and with shifts by a pixel besides."""
    net.eval()
    hits = dict(plain=0, flip=0, shifts=0)
    with torch.no_grad(), torch.autocast(DEVICE.type, torch.bfloat16, enabled=CUDA):
        logits = lambda x: net(x.contiguous(memory_format=torch.channels_last)).float()
        both = lambda x: logits(x) + logits(x.flip(3))
        for x, y in zip(images.split(2000), labels.split(2000)):
            flip, padded = both(x), F.pad(x, (1,) * 4, "reflect")
            shifts = 2 * flip + both(padded[:, :, :32, :32]) + both(padded[:, :, 2:, 2:])
            for key, value in dict(plain=logits(x), flip=flip, shifts=shifts).items():
                hits[key] += int((value.argmax(1) == y).sum())
    net.train()
    return {key: round(100 * value / len(labels), 2) for key, value in hits.items()}


def train(overrides, data):
    c = {**DEFAULTS, **overrides}
    images, labels, test_images, test_labels = data
    stream, began = (torch.cuda.Stream() if CUDA else None), time.time()
    with torch.cuda.stream(stream) if CUDA else contextlib.nullcontext():
        random = torch.Generator(DEVICE).manual_seed(1000 + c["seed"])
        net = googlenet(c).to(DEVICE)
        if c["whiten"]:
            whiten(net, images, c["freeze_whitening"])
        net = net.to(memory_format=torch.channels_last).train()
        steps = Steps(net, c)
        if CUDA:
            steps.capture(stream)
        state = [t for t in net.state_dict().values() if t.dtype.is_floating_point]
        average = [t.clone() for t in state]
        per_epoch = len(images) // c["batch"]
        total, done, epoch, curve = round(c["epochs"] * per_epoch), 0, 0, []
        one_hot = torch.eye(10, device=DEVICE) * (1 - c["smoothing"]) + c["smoothing"] / 10
        mirrored = torch.rand(len(images), generator=random, device=DEVICE) < 0.5
        while done < total:
            changed = augment(images, c, random, epoch, mirrored)
            order = torch.randperm(len(images), generator=random, device=DEVICE)
            for batch in order.split(c["batch"])[: min(per_epoch, total - done)]:
                x, y, now = changed[batch], one_hot[labels[batch]], done / total
                if c["cutmix"]:
                    x, y = cutmix(x, y, c["cutmix"], random, done * 11 + c["seed"])
                if c["small"] and now < c["small_share"]:
                    x = F.interpolate(x, size=(c["small"],) * 2, mode="area")
                rise, fall = now / c["warm"], (now - c["warm"]) / (1 - c["warm"])
                factor = c["start"] + (1 - c["start"]) * rise if rise < 1 else c["final"] + (1 - c["final"]) * (1 - fall)
                steps.run(x, y, c["lr"] * factor)
                done += 1
                if c["ema"] and done % 5 == 0:
                    torch._foreach_lerp_(average, state, 1 - min(c["ema"], (1 + done) / (10 + done)) ** 5)
            epoch += 1
            if epoch % max(1, int(c["epochs"] // 10)) == 0:
                curve.append(accuracies(net, test_images, test_labels)["plain"])
        result = dict(settings=overrides, accuracy=accuracies(net, test_images, test_labels), curve=curve, loss=float(steps.loss))
        if c["ema"]:
            torch._foreach_copy_(state, average)
            result["averaged"] = accuracies(net, test_images, test_labels)
        return {**result, "seconds": round(time.time() - began, 1)}


def main():
    plan, results, archive = sys.argv[1:4]
    deadline = time.time() + (float(sys.argv[4]) if len(sys.argv) > 4 else math.inf)
    data, waiting, writing = photographs(archive), queue.Queue(), threading.Lock()
    for settings in json.load(open(plan)):
        waiting.put(settings)

    def work():
        while time.time() < deadline:
            try:
                settings = waiting.get_nowait()
            except queue.Empty:
                return
            line = json.dumps(train(settings, data))
            with writing, open(results, "a") as file:
                print(line, file=file)

    threads = [threading.Thread(target=work, daemon=True) for _ in range(int(sys.argv[5]) if len(sys.argv) > 5 else 6)]
    [thread.start() for thread in threads]
    while any(thread.is_alive() for thread in threads) and time.time() < deadline:
        time.sleep(0.5)
    os._exit(0)


if __name__ == "__main__":
    main()

"""Writes the golden files of alternating flips, reflected borders, cutout, mixup, CutMix, colours and TrivialAugment; reads images.bin and plan.csv of data_goldens.py.

Needs its packages. Usage: python augmentation_goldens.py ../resources/org/ascend4j/trainer
"""

import json
import sys
import types
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from torchvision.transforms import v2
from torchvision.transforms import InterpolationMode
from torchvision.transforms import functional as F
from torchvision.transforms.autoaugment import TrivialAugmentWide, _apply_op

from data_goldens import MASK, SplittableRandom, mix

SIZE, SIDE, SQUARE, COLORED = 24, 32, 9, 8


def alternating(out):
    """Writes a line per epoch: whether each image is mirrored. The first epoch draws, each other one is the opposite of the one before."""
    random = SplittableRandom(mix(mix(7)))
    flips = [random.below(2) for _ in range(SIZE)]
    lines = []
    for _ in range(4):
        lines.append(",".join(map(str, flips)))
        flips = [1 - flip for flip in flips]
    (out / "alternating.csv").write_text("\n".join(lines) + "\n")


def reflected(out):
    """Crops as augmented.bin does, but from torchvision's reflected border; bytes."""
    images = np.fromfile(out / "images.bin", np.uint8).reshape(SIZE, 3, SIDE, SIDE)
    batch = []
    for row in (out / "plan.csv").read_text().splitlines():
        image, top, left, flip = map(int, row.split(","))
        picture = Image.fromarray(np.ascontiguousarray(images[image].transpose(1, 2, 0)))
        picture = F.crop(F.pad(picture, 4, padding_mode="reflect"), top + 4, left + 4, SIDE, SIDE)
        batch.append(np.asarray(F.hflip(picture) if flip else picture).transpose(2, 0, 1))
    np.stack(batch).tofile(out / "reflected.bin")


def cutout(out):
    """Writes a mask per position of seed 7, epoch 3, as the authors' code makes it: 1 where the image stays. Their squares have an even side."""
    random = SplittableRandom(mix((mix(7) + 3) & MASK))
    seeds = [random.split() for _ in range(5)][4]
    masks = []
    for _ in range(SIZE):
        centre = SplittableRandom(seeds.next_long())
        y, x = centre.below(SIDE), centre.below(SIDE)
        mask = np.ones((SIDE, SIDE), np.uint8)
        y1, y2 = np.clip(y - SQUARE // 2, 0, SIDE), np.clip(y - SQUARE // 2 + SQUARE, 0, SIDE)
        x1, x2 = np.clip(x - SQUARE // 2, 0, SIDE), np.clip(x - SQUARE // 2 + SQUARE, 0, SIDE)
        mask[y1:y2, x1:x2] = 0
        masks.append(mask)
    np.stack(masks).tofile(out / "cutout.bin")


def beta(random, alpha):
    """Joehnk's method."""
    while True:
        one, other = random.next_double() ** (1 / alpha), random.next_double() ** (1 / alpha)
        if 0 < one + other <= 1:
            return one / (one + other)


class Torch:
    """torch with another source of random numbers."""

    def __init__(self, random):
        self.random = random

    def randint(self, high, size):
        return torch.tensor([self.random.below(high)])

    def __getattr__(self, name):
        return getattr(torch, name)


def mixed(out):
    """Mixes 8 images of 8 x 8 pixels as torchvision does, with the draws for the batch at position 2 of seed 7, epoch 3."""
    images = torch.from_numpy(np.fromfile(out / "images.bin", np.uint8)[: 8 * 192].reshape(8, 3, 8, 8)).float() / 255
    labels = torch.arange(8) % 5
    logits = torch.tensor([[(i * 7 + k * 3) % 11 / 4 for k in range(5)] for i in range(8)])
    random = SplittableRandom(mix((mix(7) + 3) & MASK))
    seed = [random.split() for _ in range(6)][5].next_long()
    record = {}
    for name, kind in (("mixup", v2.MixUp), ("cutmix", v2.CutMix)):
        random = SplittableRandom(seed + 2)
        transform = kind(alpha=0.5, num_classes=5)
        transform._dist = types.SimpleNamespace(sample=lambda shape: beta(random, 0.5))
        v2._augment.torch = Torch(random)
        result, soft = transform(images, labels)
        result.numpy().astype("<f4").tofile(out / f"{name}.bin")
        loss = torch.nn.functional.cross_entropy(logits, soft, label_smoothing=0.1)
        record[name] = {"labels": soft.tolist(), "loss": loss.item()}
    (out / "mixed.json").write_text(json.dumps(record) + "\n")


def colored(out):
    """Changes the colours of the first images of seed 7, epoch 3, in the order of the set, by torchvision's functions for floating-point images."""
    images = torch.from_numpy(np.fromfile(out / "images.bin", np.uint8)[: COLORED * 3072].reshape(COLORED, 3, SIDE, SIDE)).float() / 255
    random = SplittableRandom(mix((mix(7) + 3) & MASK))
    seeds = [random.split() for _ in range(7)][6]
    batch = []
    for image in images:
        draw = SplittableRandom(seeds.next_long())
        brightness, contrast, saturation = (low + draw.next_double() * (1 + strength - low) for strength, low in ((0.4, 0.6), (1.5, 0), (0.8, 1 - 0.8)))
        image = F.adjust_brightness(image, float(np.float32(brightness)))
        image = F.adjust_contrast(image, float(np.float32(contrast)))
        image = F.adjust_saturation(image, float(np.float32(saturation)))
        batch.append(F.adjust_hue(image, float(np.float32((2 * draw.next_double() - 1) * 0.5))))
    torch.stack(batch).numpy().astype("<f4").tofile(out / "colors.bin")


def trivial(out):
    """Changes all images of seed 7 as torchvision's TrivialAugmentWide does, with the draws of each of some epochs; bytes."""
    images = torch.from_numpy(np.fromfile(out / "images.bin", np.uint8).reshape(SIZE, 3, SIDE, SIDE))
    space = TrivialAugmentWide()._augmentation_space(31)
    batch = []
    for epoch in range(1, 5):
        random = SplittableRandom(mix((mix(7) + epoch) & MASK))
        seeds = [random.split() for _ in range(8)][7]
        for image in images:
            draw = SplittableRandom(seeds.next_long())
            name = list(space)[draw.below(len(space))]
            magnitudes, signed = space[name]
            bin_ = draw.below(31)
            magnitude = float(magnitudes[bin_]) if magnitudes.ndim else 0.0
            if signed and draw.below(2):
                magnitude = -magnitude
            batch.append(_apply_op(image, name, magnitude, InterpolationMode.NEAREST, None))
    torch.stack(batch).numpy().tofile(out / "trivial.bin")


if __name__ == "__main__":
    folder = Path(sys.argv[1]) / "input"
    alternating(folder)
    reflected(folder)
    cutout(folder)
    mixed(folder)
    colored(folder)
    trivial(folder)

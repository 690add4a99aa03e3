"""Writes the golden files of random resized crops: torchvision's own code draws them from a port of java.util.SplittableRandom.

Needs the packages and the output of data_goldens.py. Usage: python crop_goldens.py ../resources/org/ascend4j/trainer
"""

import sys
import types
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from torchvision import transforms
from torchvision.transforms import functional as F

from data_goldens import MASK, SplittableRandom, mix

TORCHVISION = ((0.08, 1.0), (3 / 4, 4 / 3))
# Scale, ratio and image sizes; in the last two cases torchvision falls back to its middle crop.
CASES = [
    (*TORCHVISION, [(37, 50), (50, 37), (300, 400), (32, 32), (1, 1)]),
    ((0.5, 0.5), (1.0, 1.0), [(37, 50)]),
    ((1.0, 1.0), (0.1, 0.2), [(40, 40)]),
    ((1.0, 1.0), (3.0, 4.0), [(40, 40)]),
]


def random_torch(random):
    """The part of torch that get_params uses, with another source of random numbers."""

    def uniform_(low, high):
        return torch.tensor([float(low) + random.next_double() * float(high - low)], dtype=torch.float64)

    return types.SimpleNamespace(
        log=torch.log,
        exp=torch.exp,
        tensor=lambda values: torch.tensor(values, dtype=torch.float64),
        empty=lambda size: types.SimpleNamespace(uniform_=uniform_),
        randint=lambda low, high, size: torch.tensor([random.below(high)]),
    )


def box(seed, picture, scale, ratio):
    transforms.transforms.torch = random_torch(SplittableRandom(seed))
    try:
        return transforms.RandomResizedCrop.get_params(picture, list(scale), list(ratio))
    finally:
        transforms.transforms.torch = torch


def boxes(out):
    """Writes one line per case: seed, size, scale, ratio and the crop."""
    lines = []
    for scale, ratio, sizes in CASES:
        for height, width in sizes:
            for seed in range(8):
                crop = box(seed, Image.new("RGB", (width, height)), scale, ratio)
                lines.append(",".join(map(repr, (seed, height, width, *scale, *ratio, *crop))))
    (out / "boxes.csv").write_text("\n".join(lines) + "\n")


def crops(data):
    """Writes parts of rgb37x50.bin, resized to 20 rows and 16 columns."""
    planes = np.fromfile(data / "rgb37x50.bin", np.uint8).reshape(3, 37, 50)
    picture = Image.fromarray(np.ascontiguousarray(planes.transpose(1, 2, 0)))
    parts = [F.resized_crop(picture, *part, [20, 16]) for part in ((0, 0, 37, 50), (5, 7, 9, 8), (36, 0, 1, 50))]
    np.stack([np.asarray(part).transpose(2, 0, 1) for part in parts]).tofile(data / "resized-crops.bin")


def batch(out):
    """Applies the transforms of torchvision's reference training to images.bin, to 12 x 12 pixels: seed 7, epoch 3, unshuffled."""
    images = np.fromfile(out / "images.bin", np.uint8).reshape(24, 3, 32, 32)
    random = SplittableRandom(mix((mix(7) + 3) & MASK))
    _, _, flips, crops = (random.split() for _ in range(4))
    normalize = transforms.Normalize((0.4914, 0.4822, 0.4465), (0.2023, 0.1994, 0.2010))
    made = []
    for image in images:
        picture = Image.fromarray(np.ascontiguousarray(image.transpose(1, 2, 0)))
        picture = F.resized_crop(picture, *box(crops.next_long(), picture, *TORCHVISION), [12, 12])
        if flips.below(2):
            picture = F.hflip(picture)
        made.append(normalize(F.to_tensor(picture)))
    torch.stack(made).numpy().astype("<f4").tofile(out / "resized-crops.bin")


if __name__ == "__main__":
    root = Path(sys.argv[1])
    boxes(root / "input")
    crops(root / "data")
    batch(root / "input")

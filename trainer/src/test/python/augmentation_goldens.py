"""Writes the golden files of alternating flips, reflected borders and cutout; reads images.bin and plan.csv of data_goldens.py.

Needs its packages. Usage: python augmentation_goldens.py ../resources/org/ascend4j/trainer
"""

import sys
from pathlib import Path

import numpy as np
from PIL import Image
from torchvision.transforms import functional as F

from data_goldens import MASK, SplittableRandom, mix

SIZE, SIDE, SQUARE = 24, 32, 9


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


if __name__ == "__main__":
    folder = Path(sys.argv[1]) / "input"
    alternating(folder)
    reflected(folder)
    cutout(folder)

"""Writes the golden files of the data and input tests with Pillow and torchvision.

Needs torch 2.7.1, torchvision 0.22.1, numpy and pillow. Usage: python data_goldens.py ../resources/org/ascend4j/trainer
"""

import io
import pickle
import struct
import sys
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from torchvision import transforms
from torchvision.transforms import functional as F

MASK = (1 << 64) - 1


def signed(value):
    value &= 0xFFFFFFFF
    return value - (1 << 32) if value >> 31 else value


class SplittableRandom:
    """java.util.SplittableRandom, implemented from its paper and documentation."""

    def __init__(self, seed, gamma=0x9E3779B97F4A7C15):
        self.seed, self.gamma = seed & MASK, gamma

    def next_seed(self):
        self.seed = (self.seed + self.gamma) & MASK
        return self.seed

    def next_long(self):
        return mix64(self.next_seed())

    def next_int(self):
        z = self.next_seed()
        z = ((z ^ (z >> 33)) * 0x62A9D9ED799705F5) & MASK
        return (((z ^ (z >> 28)) * 0xCB24D0A5C88C35B3) & MASK) >> 32

    def below(self, bound):
        r, m = self.next_int(), bound - 1
        if bound & m == 0:
            return r & m
        u = r >> 1
        while signed(u + m - u % bound) < 0:
            u = self.next_int() >> 1
        return u % bound

    def next_double(self):
        return (self.next_long() >> 11) * 2.0**-53

    def split(self):
        seed = self.next_long()
        z = self.next_seed()
        z = ((z ^ (z >> 33)) * 0xFF51AFD7ED558CCD) & MASK
        z = ((z ^ (z >> 33)) * 0xC4CEB9FE1A85EC53) & MASK
        z = (z ^ (z >> 33)) | 1
        if (z ^ (z >> 1)).bit_count() < 24:
            z ^= 0xAAAAAAAAAAAAAAAA
        return SplittableRandom(seed, z)


def mix64(z):
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
    return z ^ (z >> 31)


def mix(value):
    return mix64((value + 0x9E3779B97F4A7C15) & MASK)


def plan(seed, epoch, size, padding):
    random = SplittableRandom(mix((mix(seed) + epoch) & MASK))
    orders, crops, flips = random.split(), random.split(), random.split()
    order = list(range(size))
    for i in range(size - 1, 0, -1):
        j = orders.below(i + 1)
        order[i], order[j] = order[j], order[i]
    rows = []
    for image in order:
        top, left = crops.below(2 * padding + 1), crops.below(2 * padding + 1)
        rows.append((image, top - padding, left - padding, flips.below(2)))
    return rows


def augmented(out):
    """Applies the Ascend tutorial's transforms to 24 images of noise, with the offsets and flips of seed 7, epoch 3."""
    images = np.random.RandomState(0).randint(0, 256, (24, 3, 32, 32), np.uint8)
    images.tofile(out / "images.bin")
    rows = plan(seed=7, epoch=3, size=24, padding=4)
    (out / "plan.csv").write_text("".join(",".join(map(str, row)) + "\n" for row in rows))
    normalize = transforms.Normalize((0.4914, 0.4822, 0.4465), (0.2023, 0.1994, 0.2010))
    batch = []
    for image, top, left, flip in rows:
        picture = Image.fromarray(images[image].transpose(1, 2, 0))
        picture = F.crop(F.pad(picture, 4), top + 4, left + 4, 32, 32)
        if flip:
            picture = F.hflip(picture)
        batch.append(normalize(F.to_tensor(picture)))
    torch.stack(batch).numpy().astype("<f4").tofile(out / "augmented.bin")


def enlarged(out):
    """Applies the Fashion tutorial's Resize and ToTensor to a grey image."""
    grey = np.random.RandomState(1).randint(0, 256, (28, 28), np.uint8)
    grey.tofile(out / "grey28.bin")
    resize = transforms.Compose([transforms.Resize((64, 64)), transforms.ToTensor()])
    resize(Image.fromarray(grey)).numpy().astype("<f4").tofile(out / "grey64.bin")


def resized(out):
    picture = np.random.RandomState(2).randint(0, 256, (37, 50, 3), np.uint8)
    picture.transpose(2, 0, 1).tofile(out / "rgb37x50.bin")
    for side in (20, 32, 64):
        small = Image.fromarray(picture).resize((side, side), Image.BILINEAR)
        np.asarray(small).transpose(2, 0, 1).tofile(out / f"rgb{side}.bin")
    # The same values, read as a portrait.
    portrait = picture.transpose(2, 0, 1).reshape(3, 50, 37).transpose(1, 2, 0)
    for name, source, side in (("wide20", picture, 20), ("wide41", picture, 41), ("tall20", portrait, 20)):
        fitted = F.center_crop(F.resize(Image.fromarray(np.ascontiguousarray(source)), side), side)
        np.asarray(fitted).transpose(2, 0, 1).tofile(out / f"{name}.bin")


def pictures(out):
    """Writes images whose conversion to RGB is error-prone, 6 x 4 pixels, each with Pillow's result."""
    random = np.random.RandomState(3)
    kinds = {
        "grey.png": Image.fromarray(random.randint(0, 256, (4, 6), np.uint8), "L"),
        "greyalpha.png": Image.fromarray(random.randint(0, 256, (4, 6, 2), np.uint8), "LA"),
        "rgba.png": Image.fromarray(random.randint(0, 256, (4, 6, 4), np.uint8), "RGBA"),
        "palette.gif": Image.fromarray(random.randint(0, 256, (4, 6, 3), np.uint8)).quantize(16),
        "bilevel.png": Image.fromarray(random.randint(0, 256, (4, 6), np.uint8), "L").convert("1"),
    }
    for name, picture in kinds.items():
        picture.save(out / name)
        rgb = np.asarray(Image.open(out / name).convert("RGB"))
        rgb.transpose(2, 0, 1).tofile(out / (name + ".rgb"))
    smooth = np.add.outer(np.arange(16) * 7, np.arange(24) * 5).astype(np.uint8)
    Image.fromarray(smooth, "L").save(out / "grey.jpg", quality=95)
    np.stack([np.asarray(Image.open(out / "grey.jpg"))] * 3).tofile(out / "grey.jpg.rgb")
    colour = np.stack([smooth, smooth[::-1], 255 - smooth], 2)
    Image.fromarray(colour).save(out / "colour.jpg", quality=95, subsampling=0)
    rgb = np.asarray(Image.open(out / "colour.jpg").convert("RGB"))
    np.ascontiguousarray(rgb.transpose(2, 0, 1)).tofile(out / "colour.jpg.rgb")


def batches(out):
    """Writes two CIFAR-10 images in each kind of pickle: value (7 i + 3 j) mod 256 at index j of image i, labels 3 and 9."""
    data = ((7 * np.arange(2)[:, None] + 3 * np.arange(3072)) % 256).astype(np.uint8)
    for protocol in (2, 4):
        batch = {b"batch_label": b"", b"labels": [3, 9], b"data": data, b"filenames": [b"a", b"b"]}
        (out / f"batch-protocol{protocol}.pickle").write_bytes(pickle.dumps(batch, protocol))
    (out / "batch-python2.pickle").write_bytes(python2(data, [3, 9]))
    evil = {"data": data, "labels": [3, 9], "x": io.BytesIO}
    (out / "batch-foreign.pickle").write_bytes(pickle.dumps(evil, 2))


def python2(data, labels):
    """Pickles a batch with the opcodes of Python 2's cPickle, as in the official files: byte strings as BINSTRING."""

    def text(value):
        return b"U" + bytes([len(value)]) + value

    dtype = b"cnumpy\ndtype\n" + text(b"u1") + b"K\x00K\x01\x87R" + b"(K\x03" + text(b"|") + b"NNN" + b"J\xff\xff\xff\xff" * 2 + b"K\x00tb"
    raw = data.tobytes()
    shape = b"K" + bytes([data.shape[0]]) + b"M" + struct.pack("<H", data.shape[1]) + b"\x86"
    array = b"cnumpy.core.multiarray\n_reconstruct\n" + b"cnumpy\nndarray\n" + b"K\x00\x85" + text(b"b") + b"\x87R"
    array += b"(K\x01" + shape + dtype + b"\x89" + b"T" + struct.pack("<I", len(raw)) + raw + b"tb"
    numbers = b"](" + b"".join(b"K" + bytes([label]) for label in labels) + b"e"
    return b"\x80\x02}(" + text(b"data") + array + text(b"labels") + numbers + b"u."


if __name__ == "__main__":
    root = Path(sys.argv[1])
    for folder in ("data", "input"):
        (root / folder).mkdir(parents=True, exist_ok=True)
    augmented(root / "input")
    enlarged(root / "input")
    resized(root / "data")
    pictures(root / "data")
    batches(root / "data")

"""Writes pickles of two CIFAR images by numpy 2 in protocol 5: of CIFAR-10, of CIFAR-100, and with invalid labels.

Image i has the value (7 i + 3 j) mod 256 at index j.

Usage: python cifar_pickles.py ../resources/org/ascend4j/trainer/data
"""
import pathlib
import pickle
import sys

import numpy

folder = pathlib.Path(sys.argv[1])
data = ((7 * numpy.arange(2)[:, None] + 3 * numpy.arange(3072)) % 256).astype(numpy.uint8)


def write(name, **values):
    batch = {"data": data, "filenames": ["a", "b"], **values}
    (folder / f"batch-{name}.pickle").write_bytes(pickle.dumps(batch, 5))


write("protocol5", labels=[3, 9])
write("cifar100", fine_labels=[99, 0], coarse_labels=[19, 0])
write("nan-label", labels=[float("nan"), 9])
write("large-label", labels=[2**64 + 1, 9])

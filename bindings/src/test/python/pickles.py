"""Writes one value in each protocol of Python's pickle.

Usage: python pickles.py ../resources/golden/pickle
"""
import pathlib
import pickle
import sys

folder = pathlib.Path(sys.argv[1])
folder.mkdir(parents=True, exist_ok=True)
value = {
    "a": [1, -2, 300, 2**40, -(2**40), 2**70],
    "b": (None, True, 0.5, "line\nand \\ 猫"),
    "ü": b"x\xff",
    3: {"nested": [(), [], {}, (1,), (1, 2), (1, 2, 3)]},
}
for protocol in range(6):
    (folder / f"protocol{protocol}.pickle").write_bytes(pickle.dumps(value, protocol))

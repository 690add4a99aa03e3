"""hostile_images.py FOLDER: writes a folder of images whose class names contain markup, text from right to left, and 200 characters."""

import pathlib
import struct
import sys
import zlib

NAMES = ["<script>document.title='broken'<", "quote\" 'and' & entity &lt;", "--><!--<script", "\u202eשלום right to left", "long" * 50, "plain"]
SIDE = 32


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(red, green, blue):
    rows = (b"\0" + bytes([red, green, blue]) * SIDE) * SIDE
    head = struct.pack(">IIBBBBB", SIDE, SIDE, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


root = pathlib.Path(sys.argv[1])
for split, images in (("train", 12), ("test", 6)):
    for label, name in enumerate(NAMES):
        folder = root / split / name
        folder.mkdir(parents=True)
        for index in range(images):
            # The greys differ little, so that the model makes mistakes for the page to show.
            (folder / f"{index}.png").write_bytes(png(100 + label * 8, 100 + index, 100))

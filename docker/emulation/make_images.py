#!/usr/bin/env python3
"""make_images.py FILE.tar.gz: writes a small data set of 32x32 PNG images, one folder per class: light and dark images, each slightly different."""
import io
import struct
import sys
import tarfile
import zlib


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(level):
    rows = b"".join(b"\0" + bytes((level + x + y) % 256 for x in range(32) for _ in range(3)) for y in range(32))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 32, 32, 8, 2, 0, 0, 0))
            + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


def main(path):
    with tarfile.open(path, "w:gz") as archive:
        for name, base in (("dark", 10), ("light", 160)):
            for number in range(10):
                content = png(base + number)
                entry = tarfile.TarInfo(f"{name}/{number}.png")
                entry.size = len(content)
                archive.addfile(entry, io.BytesIO(content))


if __name__ == "__main__":
    main(*sys.argv[1:])

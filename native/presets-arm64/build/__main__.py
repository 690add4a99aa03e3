#!/usr/bin/env python3
"""build JARS OUT: the JNI libraries of the JavaCPP presets for linux-arm64, below OUT as in bytedeco's jars.

JARS contains the class jars of javacpp, openblas and pytorch and the sources jar of pytorch. The compiled objects are cached
by the content of all their inputs.
"""
import hashlib
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import zipfile

import headers
import inputs
import jni
from compiler import FLAGS, Compiler

PARTS = 8
# libjnitorch and libjnigloo: the classes of both, in the form for JavaCPP's builder.
CLASSES = ("org.bytedeco.pytorch.*", "org.bytedeco.pytorch.global.torch", "org.bytedeco.pytorch.gloo.*", "org.bytedeco.pytorch.global.gloo")
# libjnijavacpp, in the same form; bytedeco's own library needs glibc 2.34.
JAVACPP_CLASSES = ("org.bytedeco.javacpp.*", "org.bytedeco.javacpp.chrono.*", "org.bytedeco.javacpp.global.chrono")
EMPTY = pathlib.Path(__file__).parent / "empty.cpp"
# Classes for the GPU build of the presets: there is no libjnitorch_cuda for this platform.
CUDA = ("org/bytedeco/pytorch/cuda/", "org/bytedeco/pytorch/global/torch_cuda", "org/bytedeco/pytorch/presets/torch_cuda")


def jar(jars, pattern):
    found = sorted(jars.glob(pattern))
    if len(found) != 1:
        sys.exit(f"expected one {pattern} in {jars}, found {[path.name for path in found]}")
    return found[0]


def key(jars, compiler):
    """Returns a key of the objects' inputs: jars, wheel, headers, the scripts that change them, compiler and flags."""
    settings = (inputs.WHEEL_SHA256, inputs.GLOO_VERSION, CLASSES, CUDA, PARTS, FLAGS, compiler.version())
    digest = hashlib.sha256(repr(settings).encode())
    for file in (jni.__file__, headers.__file__, *sorted(jars.glob("*.jar"))):
        digest.update(pathlib.Path(file).read_bytes())
    return digest.hexdigest()[:16]


def unpack(archive, folder, wanted):
    with zipfile.ZipFile(archive) as contents:
        contents.extractall(folder, [name for name in contents.namelist() if wanted(name)])


def generate(classes, class_path, names, folder):
    """Runs JavaCPP's generator over classes, or packages ending with .*."""
    command = [java_home() / "bin/java", "-Xmx3g", "-XX:+UseSerialGC", "-cp", ":".join(map(str, class_path)),
               "org.bytedeco.javacpp.tools.Builder", "-properties", "linux-arm64", "-nocompile", "-nodelete",
               "-d", folder, "-classpath", classes, *names]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if done.returncode:
        sys.exit(done.stdout)
    return folder


def java_home():
    if given := os.environ.get("JAVA_HOME"):
        return pathlib.Path(given)
    return pathlib.Path(shutil.which("javac")).resolve().parents[1]


def compile_torch(jars, work, compiler):
    """Compiles libtorch's bindings, about ten minutes on one core; an interrupted build is resumed."""
    classes = work / "classes"
    unpack(jar(jars, "pytorch-*[0-9].jar"), classes, lambda name: name.endswith(".class") and not name.startswith(CUDA))
    class_path = [jar(jars, "javacpp-*.jar"), jar(jars, "openblas-*.jar"), classes]
    generated = generate(classes, class_path, CLASSES, work / "generated")
    gloo = generated / "jnigloo.cpp"
    gloo.write_text(jni.fix(gloo))
    parts = jni.split(jni.fix(generated / "jnitorch.cpp"), generated, PARTS)
    compiler.precompile(generated / "common.h")
    compiler.compile_all([*parts, gloo, generated / "jnijavacpp.cpp"], work / "partial")
    (work / "partial").rename(work / "objects")
    shutil.rmtree(classes)
    shutil.rmtree(generated)


def link_torch(objects, torch, compiler, out):
    for name, files in (("torch", sorted(objects.glob("part_*.o"))), ("gloo", [objects / "jnigloo.o"])):
        compiler.link([*files, objects / "jnijavacpp.o"], library(out, "pytorch", name), torch)


def build_dependencies(jars, torch, compiler, out):
    """Builds libjnijavacpp.so, and empty libraries where the presets would load OpenBLAS, which no class of PyTorch calls."""
    javacpp = jar(jars, "javacpp-*.jar")
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder)
        generate(javacpp, [javacpp], JAVACPP_CLASSES, work)
        names = (("javacpp", "javacpp", work / "jnijavacpp.cpp"),
                 ("openblas", "openblas", EMPTY), ("openblas", "openblas_nolapack", EMPTY))
        for preset, name, source in names:
            compiler.link([compiler.compile(source, work / f"{name}.o", "-c")], library(out, preset, name), torch)


def library(out, preset, name):
    return out / f"org/bytedeco/{preset}/linux-arm64/libjni{name}.so"


def main(jars, out):
    jars, out = pathlib.Path(jars), pathlib.Path(out)
    torch, gloo = inputs.torch_wheel(), inputs.gloo_headers()
    include = torch / "torch/include"
    cache = inputs.CACHE / "presets-arm64"
    unpack(jar(jars, "pytorch-*-sources.jar"), cache / "sources", lambda name: name.startswith("org/bytedeco/pytorch/include/"))
    corrected = headers.write_overlay(include, cache / "overlay")
    compiler = Compiler([*corrected, cache / "sources/org/bytedeco/pytorch/include", include / headers.API, include, gloo], java_home())
    work = cache / key(jars, compiler)
    work.mkdir(exist_ok=True)
    if not (work / "objects").exists():
        compile_torch(jars, work, compiler)
    link_torch(work / "objects", torch, compiler, out)
    build_dependencies(jars, torch, compiler, out)
    subprocess.run([sys.executable, inputs.TOOLCHAIN / "check_symbols.py", *sorted(out.rglob("*.so"))], check=True)


if __name__ == "__main__":
    main(*sys.argv[1:])

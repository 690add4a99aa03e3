#!/usr/bin/env python3
"""build JARS OUT: libjnitorch.so and libjnigloo.so of the JavaCPP presets for linux-arm64, below OUT.

JARS holds the class jars of javacpp, openblas and pytorch and the sources jar of pytorch. The compiled objects are cached by
the content of everything that they are made from.
"""
import hashlib
import os
import pathlib
import shutil
import subprocess
import sys
import zipfile

import headers
import inputs
import jni
from compiler import FLAGS, Compiler

PARTS = 8
# libjnitorch, libjnigloo: the classes of each, as JavaCPP's builder takes them.
CLASSES = ("org.bytedeco.pytorch.*", "org.bytedeco.pytorch.global.torch", "org.bytedeco.pytorch.gloo.*", "org.bytedeco.pytorch.global.gloo")
# Of the GPU build of the presets: libjnitorch_cuda is not for this platform.
CUDA = ("org/bytedeco/pytorch/cuda/", "org/bytedeco/pytorch/global/torch_cuda", "org/bytedeco/pytorch/presets/torch_cuda")


def jar(jars, pattern):
    found = sorted(jars.glob(pattern))
    if len(found) != 1:
        sys.exit(f"expected one {pattern} in {jars}, found {[path.name for path in found]}")
    return found[0]


def key(jars, compiler):
    """What the objects are made from: jars, wheel, headers, the scripts that change them, compiler and its flags."""
    settings = (inputs.WHEEL_SHA256, inputs.GLOO_VERSION, CLASSES, CUDA, PARTS, FLAGS, compiler.version())
    digest = hashlib.sha256(repr(settings).encode())
    for file in (jni.__file__, headers.__file__, *sorted(jars.glob("*.jar"))):
        digest.update(pathlib.Path(file).read_bytes())
    return digest.hexdigest()[:16]


def unpack(archive, folder, wanted):
    with zipfile.ZipFile(archive) as contents:
        contents.extractall(folder, [name for name in contents.namelist() if wanted(name)])


def generate(jars, work):
    """Runs JavaCPP's generator over the presets' classes."""
    classes, generated = work / "classes", work / "generated"
    unpack(jar(jars, "pytorch-*[0-9].jar"), classes, lambda name: name.endswith(".class") and not name.startswith(CUDA))
    class_path = [jar(jars, "javacpp-*.jar"), jar(jars, "openblas-*.jar"), classes]
    with open(work / "generator.log", "w") as log:
        subprocess.run([java_home() / "bin/java", "-Xmx3g", "-XX:+UseSerialGC", "-cp", ":".join(map(str, class_path)),
                        "org.bytedeco.javacpp.tools.Builder", "-properties", "linux-arm64", "-nocompile", "-nodelete",
                        "-d", generated, "-classpath", classes, *CLASSES], check=True, stdout=log, stderr=log)
    return generated


def java_home():
    if given := os.environ.get("JAVA_HOME"):
        return pathlib.Path(given)
    return pathlib.Path(shutil.which("javac")).resolve().parents[1]


def compile_objects(jars, work, compiler):
    """The long part, about ten minutes of one core; a build that was broken off goes on where it was."""
    generated = generate(jars, work)
    gloo = generated / "jnigloo.cpp"
    gloo.write_text(jni.fix(gloo))
    parts = jni.split(jni.fix(generated / "jnitorch.cpp"), generated, PARTS)
    compiler.precompile(generated / "common.h")
    compiler.compile_all([*parts, gloo, generated / "jnijavacpp.cpp"], work / "partial")
    (work / "partial").rename(work / "objects")
    shutil.rmtree(work / "classes")
    shutil.rmtree(generated)


def link(objects, torch, compiler, out):
    for name, files in (("torch", sorted(objects.glob("part_*.o"))), ("gloo", [objects / "jnigloo.o"])):
        compiler.link([*files, objects / "jnijavacpp.o"], out / f"libjni{name}.so", torch)
    subprocess.run([sys.executable, inputs.TOOLCHAIN / "check_symbols.py", *sorted(out.glob("*.so"))], check=True)


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
        compile_objects(jars, work, compiler)
    link(work / "objects", torch, compiler, out)


if __name__ == "__main__":
    main(*sys.argv[1:])

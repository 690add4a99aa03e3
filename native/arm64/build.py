#!/usr/bin/env python3
"""build.py JARS SOURCES OUT: libjniascend4j.so for linux-arm64 from the module native's mapping and C++, with the presets' tools."""
import hashlib
import importlib.util
import pathlib
import shutil
import subprocess
import sys

PRESETS = pathlib.Path(__file__).resolve().parents[1] / "presets-arm64/build"
sys.path.insert(0, str(PRESETS))
import headers  # noqa: E402
import inputs  # noqa: E402
from compiler import FLAGS, Compiler  # noqa: E402

CLASSES = ("org.ascend4j.nativelib.jni.*",)


def presets_build():
    specification = importlib.util.spec_from_file_location("presets_build", PRESETS / "__main__.py")
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


def key(files, compiler):
    """Returns a key of the objects' inputs: the sources, the wheel's headers, the compiler and its flags."""
    digest = hashlib.sha256(repr((inputs.WHEEL_SHA256, FLAGS, compiler.version())).encode())
    for file in sorted(files):
        digest.update(file.name.encode() + file.read_bytes())
    return digest.hexdigest()[:16]


def compile_with_aten(sources, folder, compiler):
    """Compiles the sources that include ATen/ATen.h, whose headers are parsed once."""
    folder.mkdir(exist_ok=True)
    header = pathlib.Path(shutil.copy(sources / "precompiled.h", folder))
    compiler.precompile(header)
    compiler.compile_all([file for file in sorted(sources.glob("*.cpp")) if "<ATen/ATen.h>" in file.read_text()], folder, "-include", header)


def main(jars, sources, out):
    jars, sources, out = pathlib.Path(jars), pathlib.Path(sources), pathlib.Path(out)
    presets = presets_build()
    work = out.with_name("objects")
    own = presets.jar(jars, "ascend4j-native-*.jar")
    generated = presets.generate(own, sorted(jars.glob("*.jar")), CLASSES, work / "generated")
    torch = inputs.torch_wheel()
    include = torch / "torch/include"
    compiler = Compiler([sources, include / headers.API, include], presets.java_home())
    files = [*sorted(sources.glob("*.cpp")), *sorted(generated.glob("*.cpp"))]
    folder = work / key([*files, *sources.rglob("*.h")], compiler)
    compile_with_aten(sources, folder, compiler)
    objects = compiler.compile_all(files, folder)
    library = out / "org/ascend4j/nativelib/jni/linux-arm64/libjniascend4j.so"
    compiler.link(objects, library, torch)
    subprocess.run([sys.executable, inputs.TOOLCHAIN / "check_symbols.py", library], check=True)


if __name__ == "__main__":
    main(*sys.argv[1:])

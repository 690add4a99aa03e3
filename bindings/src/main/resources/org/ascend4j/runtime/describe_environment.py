"""Prints a description of a Python environment as JSON, without importing torch (which takes seconds)."""
import importlib.metadata
import importlib.util
import json
import os
import sys
import sysconfig


def folder(package):
    spec = importlib.util.find_spec(package)
    return os.path.dirname(spec.origin) if spec and spec.origin else None


def version(package):
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return None


def libpython():
    names = [sysconfig.get_config_var("INSTSONAME"), sysconfig.get_config_var("LDLIBRARY")]
    names += ["libpython%d.%d.so.1.0" % sys.version_info[:2]]
    multiarch = sysconfig.get_config_var("MULTIARCH") or ""
    folders = [
        sysconfig.get_config_var("LIBDIR"),
        os.path.join(sys.base_prefix, "lib"),
        sysconfig.get_config_var("LIBPL"),
        os.path.join("/usr/lib", multiarch),
        "/usr/lib64",
    ]
    for place in folders:
        for name in names:
            path = os.path.join(place or "", name or "")
            if ".so" in path and os.path.isfile(path):
                return os.path.realpath(path)
    return None


print(
    json.dumps(
        {
            "executable": sys.executable,
            "python": "%d.%d.%d" % sys.version_info[:3],
            "libpython": libpython(),
            "torch": version("torch"),
            "torchFolder": folder("torch"),
            "torchNpu": version("torch_npu") or version("torch-npu"),
            "torchNpuFolder": folder("torch_npu"),
        }
    )
)

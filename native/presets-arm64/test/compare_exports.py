#!/usr/bin/env python3
"""compare_exports.py PUBLISHED BUILT: fails unless the libraries built here export the JNI functions of the published ones."""
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "toolchain"))
import abi  # noqa: E402


def jni_functions(library):
    lines = abi.readelf("readelf", "--dyn-syms", str(library)).splitlines()
    words = (line.split() for line in lines)
    return {word[7] for word in words if len(word) >= 8 and word[6] != "UND" and word[7].startswith(("Java_", "JNI_"))}


def main(published, built):
    differences = 0
    for reference in sorted(pathlib.Path(published).rglob("libjni*.so")):
        counterpart = pathlib.Path(built, *reference.relative_to(published).parts[:-2], "linux-arm64", reference.name)
        expected, found = jni_functions(reference), jni_functions(counterpart)
        difference = sorted(expected ^ found)
        print(f"{reference.name}: {len(found)} JNI functions, {len(expected)} in the published library")
        for name in difference[:20]:
            print(f"  only in the {'published' if name in expected else 'built'} library: {name}")
        differences += len(difference)
    return 1 if differences else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

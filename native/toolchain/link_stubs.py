#!/usr/bin/env python3
"""link_stubs.py CXX OUT: link libraries of an old system, made from this system's own.

A compiler's libc and libstdc++ contain every older version of their symbols. For each symbol the stub exports the
newest version within abi.FLOOR and omits later ones. So `g++ -LOUT` binds to the old versions, and a function that an
old system lacks is reported by the linker, not by a user's loader. Stubs contain only names, no code.
"""
import pathlib
import re
import subprocess
import sys

import abi

# Before glibc 2.34 these functions were in separate libraries.
SPLIT = (("libpthread.so.0", re.compile(r"(__)?(pthread|sem)_")), ("libdl.so.2", re.compile(r"dl[a-z]")))
STUBBED = ("libc.so.6", "libm.so.6", "libstdc++.so.6")


def newest_allowed(symbols):
    """Returns name -> (version, type, size), with the newest version that the floor allows."""
    chosen = {}
    for name, version, kind, size in symbols:
        if kind == "TLS" or not abi.allowed(version):
            continue
        known = chosen.get(name)
        if known is None or abi.parse(known[0])[1] < abi.parse(version)[1]:
            chosen[name] = (version, kind, size)
    return chosen


def home(name, soname, moved):
    if soname == "libc.so.6" and name in moved:
        for library, pattern in SPLIT:
            if pattern.match(name):
                return library
    return soname


def assembly(symbols):
    """Returns assembler definitions of the symbols: functions in .text and objects in .bss."""
    yield '.section .note.GNU-stack,"",%progbits'
    for number, (name, (version, kind, size)) in enumerate(sorted(symbols.items())):
        label = f"stub_{number}"
        yield ".bss" if kind == "OBJECT" else ".text"
        yield f".globl {label}\n.type {label}, %{'object' if kind == 'OBJECT' else 'function'}\n{label}:"
        if kind == "OBJECT":
            yield f".zero {size or 8}\n.size {label}, {size or 8}"
        yield f".symver {label}, {name}@@{version}"


def link(compiler, out, soname, symbols):
    versions = sorted({version for version, _, _ in symbols.values()}, key=abi.parse)
    script = "".join(f"{version} {{ {'local: stub_*;' if number == 0 else ''} }};\n" for number, version in enumerate(versions))
    (out / f"{soname}.s").write_text("\n".join(assembly(symbols)) + "\n")
    (out / f"{soname}.map").write_text(script)
    subprocess.run([compiler, "-shared", "-nostdlib", "-o", out / soname, out / f"{soname}.s",
                    f"-Wl,-soname,{soname}", f"-Wl,--version-script,{out / soname}.map"], check=True)


def file_of(compiler, name):
    return subprocess.run([compiler, f"-print-file-name={name}"], check=True, capture_output=True, text=True).stdout.strip()


def main(compiler, out):
    out = pathlib.Path(out).resolve()
    out.mkdir(parents=True, exist_ok=True)
    readelf = subprocess.run([compiler, "-print-prog-name=readelf"], check=True, capture_output=True, text=True).stdout.strip()
    libraries = {}
    for soname in STUBBED:
        symbols = list(abi.versioned_symbols(readelf, file_of(compiler, soname)))
        moved = {name for name, version, _, _ in symbols if version == "GLIBC_2.34"}
        for name, symbol in newest_allowed(symbols).items():
            libraries.setdefault(home(name, soname, moved), {})[name] = symbol
    for soname, symbols in libraries.items():
        link(compiler, out, soname, symbols)
        if soname != "libc.so.6":
            (out / soname.split(".so")[0]).with_suffix(".so").write_text(f"INPUT({out / soname})\n")
    split = " ".join(str(out / soname) for soname in libraries if soname not in STUBBED)
    # atexit and similar functions are linked statically from this archive, as with the system's libc.so.
    nonshared = file_of(compiler, "libc_nonshared.a")
    (out / "libc.so").write_text(f"GROUP({out / 'libc.so.6'} AS_NEEDED({split}) {nonshared})\n")


if __name__ == "__main__":
    main(*sys.argv[1:])

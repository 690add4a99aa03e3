#!/usr/bin/env python3
"""check_symbols.py LIBRARY...: fails if a library needs a newer glibc or libstdc++ than abi.FLOOR."""
import sys

import abi

SYSTEM = ("libc.so", "libm.so", "libpthread.so", "libdl.so", "librt.so", "ld-linux", "libstdc++.so", "libgcc_s.so")


def newest(versions):
    return max(versions, key=lambda version: abi.parse(version)[1])


def main(libraries):
    failures = 0
    highest = {}
    for library in libraries:
        needs = [(file, version) for file, version in abi.needed_versions("readelf", library) if file.startswith(SYSTEM)]
        families = {}
        for _, version in needs:
            if abi.parse(version):
                families.setdefault(abi.parse(version)[0], set()).add(version)
        print(f"{library}: {', '.join(newest(found) for found in families.values()) or 'no versioned symbols'}")
        for family, found in families.items():
            highest[family] = newest({*found, highest.get(family, newest(found))})
        for file, version in needs:
            if not abi.allowed(version):
                failures += 1
                print(f"{library} needs {version} of {file}; the floor is {abi.FLOOR}", file=sys.stderr)
    print(f"{len(libraries)} files, at most {', '.join(sorted(highest.values()))}")
    return 1 if failures or not libraries else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

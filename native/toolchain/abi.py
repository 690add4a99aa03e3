"""The oldest systems on which our native libraries must load, and functions to read symbol versions."""
import re
import subprocess

# The requirements of the libraries in the official torch 2.7.1 wheel: EulerOS 2.10 (glibc 2.28) meets them, and so does HCE 2.0 (2.34).
FLOOR = {"GLIBC": (2, 28), "GLIBCXX": (3, 4, 22), "CXXABI": (1, 3, 11), "GCC": (4, 5, 0)}

SYMBOL = re.compile(r"^\s*\d+: \S+\s+(\d+) (\w+)\s+(\w+)\s+\w+\s+(?:\[[^]]*\]\s+)?(\w+) ([^@\s]+)@@?(\S+)")


def parse(version):
    """Parses 'GLIBCXX_3.4.22' to ('GLIBCXX', (3, 4, 22)); returns None for names without a number."""
    family, _, number = version.partition("_")
    return (family, tuple(map(int, number.split(".")))) if re.fullmatch(r"\d+(\.\d+)*", number) else None


def allowed(version):
    parsed = parse(version)
    return parsed is not None and parsed[0] in FLOOR and parsed[1] <= FLOOR[parsed[0]]


def readelf(readelf_command, *arguments):
    return subprocess.run([readelf_command, "-W", *arguments], check=True, capture_output=True, text=True).stdout


def versioned_symbols(readelf_command, library):
    """Yields every defined symbol of a library as (name, version, type, size)."""
    for line in readelf(readelf_command, "--dyn-syms", str(library)).splitlines():
        match = SYMBOL.match(line)
        if match and match[4] != "UND":
            yield match[5], match[6], match[2], int(match[1])


def needed_versions(readelf_command, library):
    """Yields the (file, version) pairs that a library requires of the libraries it links to."""
    file = None
    for line in readelf(readelf_command, "--version-info", str(library)).splitlines():
        owner = re.search(r"File: (\S+)", line)
        name = re.search(r"Name: ([A-Za-z_0-9.]+)\s+Flags", line)
        if owner:
            file = owner[1]
        elif name and file:
            yield file, name[1]

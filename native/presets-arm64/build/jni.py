"""The source that JavaCPP generates: fixed for aarch64, and cut into parts that two small processes can compile.

The generated file is one translation unit of 750,000 lines (7 GB to compile). Its layout, which split() relies on:
includes, file-level variables, helpers and adapters | tables of members | JNI_OnLoad | the JNI functions, class by class.
"""
import re
import sys

HIDDEN = '__attribute__((visibility("hidden")))'
VARIABLE = re.compile(r"^ *static ((?:const )?[A-Za-z_0-9:]+\*?) (JavaCPP_\w+)((?:\[\d+\])?)( = .*)?;$")
CLASS_NAMES = re.compile(r"^static const char\* JavaCPP_classNames(\[\d+\])")
CALLBACK_ID = re.compile(r"^j(method|field)ID .*::\w+ = NULL;$")
JNI_FUNCTION = re.compile(r"^JNIEXPORT .*?JNICALL Java_org_bytedeco_pytorch_((?:global_torch|(?:[A-Za-z0-9]|_\d+)+))")

FIXES = (
    # c10::Half converts to float16_t here; through it, to float.
    (re.compile(r"(_Half_asFloat\(.*?)ptr->operator float\(\)", re.DOTALL), r"\1static_cast<float>(*ptr)", {"jnitorch"}),
    # Linked from libtorch_cpu; only the presets' Windows build needs the source.
    (re.compile(r'^#include "gloo/common/logging\.cc"\n', re.MULTILINE), "", {"jnitorch", "jnigloo"}),
)


def fix(source):
    text = source.read_text()
    for pattern, replacement, files in FIXES:
        if source.stem in files:
            text, count = pattern.subn(replacement, text, count=1)
            if count != 1:
                sys.exit(f"{source}: nothing matches {pattern.pattern!r}")
    return text


def split(text, folder, count):
    """Writes common.h and the parts; gives the parts."""
    lines = text.split("\n")
    tables = next(i for i, line in enumerate(lines) if line.startswith("static const char* JavaCPP_members["))
    functions = next(i for i, line in enumerate(lines) if line == 'extern "C" {' and "JNI_OnLoad" in "".join(lines[i:i + 4]))
    end = max(i for i, line in enumerate(lines) if line == "}")
    common, definitions = share_variables(lines[:tables])
    (folder / "common.h").write_text("\n".join(common) + "\n")
    body = lines[functions + 1:end]
    bounds = cut(body, count)
    parts = []
    for number, (start, stop) in enumerate(zip(bounds, bounds[1:])):
        preamble = definitions + lines[tables:functions] if number == 0 else []
        part = folder / f"part_{number:02}.cpp"
        part.write_text("\n".join(['#include "common.h"', *preamble, 'extern "C" {', *body[start:stop], "}", ""]))
        parts.append(part)
    return parts


def share_variables(header):
    """File-level variables become hidden externals of the header, defined once in the first part."""
    first = next(i for i, line in enumerate(header) if line.startswith("static JavaVM* JavaCPP_vm"))
    common, definitions = ["#pragma once", *header[:first]], []
    lines = iter(header[first:])
    for line in lines:
        variable, names = VARIABLE.match(line), CLASS_NAMES.match(line)
        if names:
            common.append(f"extern {HIDDEN} const char* JavaCPP_classNames{names[1]};")
            definitions.append(f"{HIDDEN} {line.removeprefix('static ')}")
            while not line.rstrip().endswith("};"):
                line = next(lines)
                definitions.append(line)
        elif variable and not variable[2].endswith("_deallocate"):
            kind, name, size, value = variable.groups(default="")
            common.append(f"extern {HIDDEN} {kind} {name}{size};")
            definitions.append(f"{HIDDEN} {kind} {name}{size}{value};")
        elif CALLBACK_ID.match(line):
            definitions.append(line)
        else:
            common.append(line)
    return common, definitions


def cut(body, count):
    """Line numbers that cut the functions into about equal parts: between classes, or anywhere among the global functions."""
    starts = [(i, JNI_FUNCTION.match(line)) for i, line in enumerate(body) if line.startswith("JNIEXPORT")]
    bounds = [0]
    for (_, previous), (start, this) in zip(starts, starts[1:]):
        between = previous and this and (previous[1] != this[1] or this[1] == "global_torch")
        if between and start >= len(body) / count * len(bounds) and len(bounds) < count:
            bounds.append(start)
    return [*bounds, len(body)]

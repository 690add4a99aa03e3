#!/usr/bin/env python3
"""compare.py text|losses A B: fails unless two outputs are equal, with numbers within a relative 1e-4."""
import json
import math
import re
import sys

NUMBER = re.compile(r"-?\d+\.\d+(?:[eE]-?\d+)?")


def texts(path):
    """Returns (words around the numbers, numbers) of a file."""
    content = open(path).read()
    return NUMBER.sub("#", content), [float(number) for number in NUMBER.findall(content)]


def losses(path):
    """Returns (steps, losses) of metrics.jsonl; a step that a resumed run repeats counts once."""
    lines = [json.loads(line) for line in open(path)]
    steps = {line["step"]: line["loss"] for line in lines if "step" in line}
    return list(steps), list(steps.values())


def main(kind, first, second):
    read = {"text": texts, "losses": losses}[kind]
    (frame, expected), (other_frame, found) = read(first), read(second)
    if frame != other_frame or len(expected) != len(found) or not expected:
        sys.exit(f"different outputs:\n{frame}\n--\n{other_frame}")
    apart = max(abs(a - b) / max(abs(a), 1e-6) for a, b in zip(expected, found))
    print(f"{len(found)} numbers, at most {apart:.1e} apart: {', '.join(f'{number:g}' for number in found[:8])}")
    if not all(map(math.isfinite, found)) or apart > 1e-4:
        sys.exit(f"more than 1e-4 apart: {expected} and {found}")


if __name__ == "__main__":
    main(*sys.argv[1:])

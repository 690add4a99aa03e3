"""Draws test accuracy by epoch as SVG, without any package.

Usage: plot.py OUT.svg NAME=metrics.jsonl...
"""

import json
import sys
from xml.sax.saxutils import escape

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 720, 400, 56, 170, 20, 44
COLOURS = ("#0b62a4", "#c8502d", "#3a8a3f", "#7a4fa3", "#8a6d1c", "#2b8c8c")


def accuracies(file):
    with open(file) as lines:
        entries = map(json.loads, lines)
        return [(entry["epoch"], entry["test_accuracy"]) for entry in entries if "test_accuracy" in entry]


def main():
    target, *named = sys.argv[1:]
    curves = {name: accuracies(file) for name, file in (argument.split("=", 1) for argument in named)}
    epochs = max(epoch for points in curves.values() for epoch, _ in points)

    def x(epoch):
        return LEFT + (WIDTH - LEFT - RIGHT) * (epoch - 1) / max(1, epochs - 1)

    def y(accuracy):
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * accuracy

    svg = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" font-size="12">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>',
    ]
    for tenth in range(0, 11, 2):
        height = y(tenth / 10)
        svg.append(f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{height:.1f}" y2="{height:.1f}" stroke="#ddd"/>')
        svg.append(f'<text x="{LEFT - 8}" y="{height + 4:.1f}" text-anchor="end">{tenth * 10} %</text>')
    for epoch in range(1, epochs + 1, max(1, epochs // 10)):
        svg.append(f'<text x="{x(epoch):.1f}" y="{HEIGHT - BOTTOM + 18}" text-anchor="middle">{epoch}</text>')
    svg.append(f'<text x="{(LEFT + WIDTH - RIGHT) / 2}" y="{HEIGHT - 8}" text-anchor="middle">epoch</text>')
    for (name, points), colour in zip(curves.items(), COLOURS):
        path = " ".join(f"{x(epoch):.1f},{y(accuracy):.1f}" for epoch, accuracy in points)
        epoch, accuracy = points[-1]
        svg.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        svg.append(f'<circle cx="{x(epoch):.1f}" cy="{y(accuracy):.1f}" r="3" fill="{colour}"/>')
        label = f"{escape(name)} {accuracy:.1%}"
        svg.append(f'<text x="{x(epoch) + 8:.1f}" y="{y(accuracy) + 4:.1f}" fill="{colour}">{label}</text>')
    svg.append("</svg>")
    with open(target, "w") as file:
        file.write("\n".join(svg) + "\n")


if __name__ == "__main__":
    main()

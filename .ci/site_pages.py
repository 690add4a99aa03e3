"""site_pages.py FOLDER: writes the pages of the site to FOLDER: docs, and the Markdown files of other folders under names of their own.

Links between pages become links between the written pages; links to other files of the repository become links to its web page.
"""

import os
import re
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
REPOSITORY = "https://github.com/ascend4j/ascend4j/blob/main/"
NAMES = {
    "README.md": "index.md",
    "README.zh.md": "index.zh.md",
    "ARCHITECTURE.md": "architecture.md",
    "CONTRIBUTING.md": "contributing.md",
    "CHANGELOG.md": "changelog.md",
    "SECURITY.md": "security.md",
    "native/simulator/README.md": "simulated-cann.md",
}
LINK = re.compile(r"(!?\[(?:[^\[\]]|\[[^\]]*\])*\]\()([^)\s]+)(\))")


def page(path):
    """Returns the name of a repository file in the site, or None."""
    name = path.relative_to(ROOT).as_posix()
    if name in NAMES:
        return NAMES[name]
    return name.removeprefix("docs/") if name.startswith("docs/") else None


def written(path):
    """Returns the text of a file with the links of the site."""

    def link(match):
        target, _, anchor = match.group(2).partition("#")
        if not target or re.match(r"[a-z]+:", target):
            return match.group(0)
        file = (path.parent / target).resolve()
        name = page(file) or REPOSITORY + file.relative_to(ROOT).as_posix()
        return match.group(1) + name + ("#" + anchor if anchor else "") + match.group(3)

    parts = re.split(r"(^```.*?^```$)", path.read_text(encoding="utf-8"), flags=re.M | re.S)
    return "".join(part if part.startswith("```") else LINK.sub(link, part) for part in parts)


def main(folder):
    shutil.rmtree(folder, ignore_errors=True)
    for path in [*map(ROOT.joinpath, NAMES), *sorted((ROOT / "docs").rglob("*"))]:
        if path.is_dir():
            continue
        target = Path(folder) / page(path)
        os.makedirs(target.parent, exist_ok=True)
        if path.suffix == ".md":
            target.write_text(written(path), encoding="utf-8")
        else:
            shutil.copyfile(path, target)


if __name__ == "__main__":
    main(sys.argv[1])

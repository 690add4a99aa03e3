#!/usr/bin/env python3
"""build_image.py ROOT DOCKERFILE CONTEXT [NAME=VALUE...] -- ARGUMENTS...: executes a Dockerfile in the emulated arm64 root, which
takes the place of its base image, and runs the image with the arguments. Supports the instructions that docker/Dockerfile.ascend uses."""
import json
import os
import pathlib
import re
import shlex
import subprocess
import sys
import tarfile
import tempfile

ENTER = pathlib.Path(__file__).resolve().parent / "enter"


def instructions(text):
    """Returns (keyword, rest) of each instruction, with continued lines joined."""
    lines = (line for line in text.splitlines() if not line.lstrip().startswith("#"))
    for line in "\n".join(lines).replace("\\\n", " ").splitlines():
        if line.strip():
            keyword, rest = line.split(None, 1)
            yield keyword, rest.strip()


class Image:
    def __init__(self, root, layer, context, arguments):
        self.root, self.layer, self.context, self.arguments = root, layer, context, arguments
        self.values, self.environment = {}, {}
        self.user, self.folder, self.entry, self.command = "0:0", "/", [], []

    def expand(self, text):
        known = {"PATH": "/usr/bin", **self.values, **self.environment}
        return re.sub(r"\$\{?(\w+)\}?", lambda match: known.get(match[1], match[0]), text)

    def run(self, *command):
        variables = [f"{name}={value}" for name, value in {**self.values, **self.environment}.items()]
        settings = {**os.environ, "LAYER": str(self.layer), "AS": self.user, "WORKDIR": self.folder}
        return subprocess.run([ENTER, self.root, "env", *variables, *command], env=settings).returncode

    def build(self, dockerfile):
        for keyword, rest in instructions(dockerfile.read_text()):
            print(f"{keyword} {rest[:110]}", flush=True)
            getattr(self, f"do_{keyword.lower()}")(rest)

    def do_from(self, rest):
        """The root takes the place of the base image."""

    def do_run(self, rest):
        if self.run("bash", "-c", rest):
            sys.exit(f"failed: {rest}")

    def do_arg(self, rest):
        name, _, default = rest.partition("=")
        self.values[name] = self.arguments.get(name, default.strip('"'))

    def do_env(self, rest):
        self.environment.update(word.split("=", 1) for word in shlex.split(self.expand(rest)))

    def do_add(self, rest):
        source, target = shlex.split(self.expand(rest))
        with tarfile.open(self.context / source) as archive:
            archive.extractall(self.layer / "upper" / target.strip("/"))

    def do_user(self, rest):
        self.user = f"{rest}:0" if ":" not in rest else rest

    def do_workdir(self, rest):
        self.folder = rest

    def do_entrypoint(self, rest):
        self.entry = json.loads(rest)

    def do_cmd(self, rest):
        self.command = json.loads(rest)


def main(root, dockerfile, context, *rest):
    split = rest.index("--")
    arguments = dict(argument.split("=", 1) for argument in rest[:split])
    with tempfile.TemporaryDirectory() as layer:
        image = Image(root, pathlib.Path(layer), pathlib.Path(context), arguments)
        image.build(pathlib.Path(dockerfile))
        sys.exit(image.run(*image.entry, *(rest[split + 1:] or image.command)))


if __name__ == "__main__":
    main(*sys.argv[1:])

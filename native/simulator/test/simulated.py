"""Runs programs under with-simulated-cann for the tests, in the environment and with the fork server of `run`."""
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
LAUNCHER = FOLDER.parent / "with-simulated-cann"
PREAMBLE = """
import torch, torch_npu
torch_npu.npu.config.allow_internal_format = False
torch_npu.npu.set_compile_mode(jit_compile=False)
"""


class Result:
    def __init__(self, process, counters):
        self.code, self.out, self.err = process.returncode, process.stdout, process.stderr
        self.counters = counters

    def __str__(self):
        return f"exit code {self.code}\n{self.out}\n{self.err}"


def options(devices=None, soc=None, memory=None, fault=None, counters=None, no_compute=False, no_compute_after=None):
    given = {"devices": devices, "soc": soc, "memory": memory, "fault": fault, "counters": counters}
    words = [word for name, value in given.items() if value is not None for word in (f"--{name}", str(value))]
    words += ["--no-compute"] * no_compute
    return words + ([] if no_compute_after is None else ["--no-compute-after", str(no_compute_after)])


def environment(**changes):
    return {**os.environ, **{k: str(v) for k, v in changes.items()}}


def python(*command, forked=True):
    """The words that run COMMAND, a script in this folder or -c and code, with arguments.

    It runs in a child of the fork server, which has imported torch_npu, or else in a process of its own: where the test
    is of a process's start or end, the toolkit is another one, or torch_npu reads a variable when it is imported.
    """
    client = ["-I", "-S", "fork_client.py", os.environ["SIM_TEST_SERVER"]] if forked else []
    return [sys.executable, *(str(FOLDER / w) if w.endswith(".py") else w for w in map(str, [*client, *command]))]


def run(*command, forked=True, timeout=300, **settings):
    """Runs COMMAND and returns its Result."""
    with tempfile.TemporaryDirectory(prefix="simulated cann ") as folder:
        counters = Path(folder) / "counters.json"
        words = [str(LAUNCHER), *options(counters=counters, **settings), "--", *python(*command, forked=forked)]
        process = subprocess.run(words, cwd=folder, capture_output=True, text=True, timeout=timeout)
        text = counters.read_text() if counters.exists() else ""
        return Result(process, json.loads(text) if text else None)


def run_code(code, **settings):
    """Runs Python CODE after importing torch_npu."""
    return run("-c", PREAMBLE + code, **settings)

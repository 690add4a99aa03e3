"""Runs commands under with-simulated-cann for the tests."""
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
    path = os.pathsep.join(filter(None, [str(FOLDER / "start"), os.environ.get("PYTHONPATH")]))
    return {**os.environ, "OMP_NUM_THREADS": "1", "PYTHONPATH": path, **{k: str(v) for k, v in changes.items()}}


def run(*command, env=None, timeout=300, cwd=None, **settings):
    """Runs COMMAND (a script in this folder, or arguments for the interpreter) and returns its Result."""
    with tempfile.TemporaryDirectory(prefix="simulated cann ") as folder:
        counters = Path(folder) / "counters.json"
        words = [sys.executable, *(str(FOLDER / w) if w.endswith(".py") else w for w in map(str, command))]
        process = subprocess.run(
            [str(LAUNCHER), *options(counters=counters, **settings), "--", *words], cwd=cwd or folder,
            env=environment(**(env or {})), capture_output=True, text=True, timeout=timeout)
        text = counters.read_text() if counters.exists() else ""
        return Result(process, json.loads(text) if text else None)


def run_code(code, **settings):
    """Runs Python CODE after importing torch_npu."""
    return run("-c", PREAMBLE + code, **settings)

"""Writes small state files as Python's torch and safetensors do, and their expected content.

values.safetensors has every tensor of the .pt files, contiguous, as "file/name"; its bytes are also the golden file of the safetensors reader.

Usage: python state_files.py ../resources/golden/state
"""
import collections
import os
import pathlib
import sys

import torch
from safetensors.torch import save_file

folder = pathlib.Path(sys.argv[1])
values = {}


def save(name, content, tensors=None, **arguments):
    torch.save(content, folder / name, **arguments)
    for key, tensor in (content if tensors is None else tensors).items():
        values[f"{name}/{key}"] = tensor.detach().contiguous().clone()


torch.manual_seed(0)
model = torch.nn.Sequential(torch.nn.Conv2d(3, 4, 3), torch.nn.BatchNorm2d(4), torch.nn.Linear(4, 2))
save("model.pt", model.state_dict())

base = torch.arange(24.0)
grid = base.reshape(4, 6)
save(
    "views.pt",
    {
        "base": base,
        "transposed": grid.t(),
        "sliced": grid[1:3, ::2],
        "expanded": torch.tensor([7.0]).expand(3),
        "channels_last": torch.randn(2, 3, 2, 2).contiguous(memory_format=torch.channels_last),
        "scalar": torch.tensor(3.5),
        "empty": torch.empty(0, 4),
        "parameter": torch.nn.Parameter(torch.randn(3)),
        "half": torch.randn(5).half(),
        "bfloat16": torch.randn(5).bfloat16(),
        "double": torch.randn(2).double(),
        "int64": torch.tensor([-(2**40), 2**40]),
        "int32": torch.tensor([-5, 5], dtype=torch.int32),
        "int16": torch.tensor([-5, 5], dtype=torch.int16),
        "int8": torch.tensor([-5, 5], dtype=torch.int8),
        "uint8": torch.tensor([0, 255], dtype=torch.uint8),
        "bool": torch.tensor([True, False, True]),
        "name with ünïcode": torch.ones(1),
    },
)

parallel = torch.nn.DataParallel(torch.nn.Linear(2, 2))
wrapped = {"epoch": 3, "note": "x", "state_dict": parallel.state_dict(), "losses": [1.5, 2.5], "best": None}
save("wrapped.pt", wrapped, {key.removeprefix("module."): value for key, value in parallel.state_dict().items()})


class Evil:
    def __reduce__(self):
        return os.system, ("echo evil",)


torch.save({"weight": torch.ones(1), "evil": Evil()}, folder / "evil.pt")
torch.save(torch.nn.Linear(1, 1), folder / "module.pt")
torch.save({"weight": torch.ones(1)}, folder / "legacy.pt", _use_new_zipfile_serialization=False)
torch.save({"epoch": 3}, folder / "no_tensors.pt")
save_file(values, folder / "values.safetensors", metadata={"torch": torch.__version__, "note": 'a "quoted" ü'})

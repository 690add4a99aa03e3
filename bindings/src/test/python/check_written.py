"""Checks that Python reads the files that the Java tests write: written.pt and written.safetensors (see StateFilesTest).

Usage: python check_written.py ../resources/golden/state
"""
import pathlib
import sys

import torch
from safetensors.torch import load_file

folder = pathlib.Path(sys.argv[1])
expected = {
    "weight": torch.arange(24.0).reshape(2, 3, 4).permute(0, 2, 1),
    "scalar": torch.tensor(5, dtype=torch.int64),
    "half": torch.arange(7.0).half(),
    "empty": torch.empty(0, 4),
    "bool": torch.tensor([True, False]),
    "bfloat16": torch.arange(3.0).bfloat16(),
    "größe": torch.arange(3, dtype=torch.uint8),
}
for found in (torch.load(folder / "written.pt", weights_only=True), load_file(folder / "written.safetensors")):
    assert set(found) == set(expected), set(found)
    for name, tensor in expected.items():
        assert found[name].dtype == tensor.dtype, name
        assert torch.equal(found[name], tensor), name
assert list(torch.load(folder / "written.pt", weights_only=True)) == list(expected)
with open(folder / "written.pt", "rb") as file:
    reader = torch._C.PyTorchFileReader(file)
    assert all(reader.get_record_offset(name) % 64 == 0 for name in reader.get_all_records()), "alignment"
print("ok")

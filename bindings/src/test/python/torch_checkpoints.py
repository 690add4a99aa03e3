"""Writes state dicts in the forms in which Python programs keep them: in checkpoints, with the prefixes of module wrappers, of other devices, in older
formats and in several files.

expected.safetensors has every tensor that a reader should find, contiguous, as "file/name".

Usage: python torch_checkpoints.py ../resources/golden/checkpoints
"""
import argparse
import collections
import json
import pathlib
import sys
import tarfile

import numpy
import torch
from safetensors.torch import save_file

folder = pathlib.Path(sys.argv[1])
folder.mkdir(parents=True, exist_ok=True)
expected = {}
torch.manual_seed(0)


def expect(name, tensors):
    for key, tensor in tensors.items():
        expected[f"{name}/{key}"] = tensor.detach().contiguous().clone()


def save(name, content, tensors, **arguments):
    torch.save(content, folder / name, **arguments)
    expect(name, tensors)


def state():
    return torch.nn.Linear(3, 2).state_dict()


def prefixed(tensors, prefix):
    return collections.OrderedDict((prefix + key, tensor) for key, tensor in tensors.items())


# Checkpoints.
weights, averaged = state(), state()
save("best_accuracy.pt", {"epoch": 3, "state_dict": weights, "best_acc1": torch.tensor(71.5)}, weights)
save("with_average.pt", {"model": weights, "model_ema": averaged, "optimizer": {"state": {0: {"m": weights["bias"]}}}}, weights)
save("average_alone.pt", {"epoch": 3, "state_dict_ema": averaged}, averaged)
lightning = {"pytorch-lightning_version": "2.0.1", "epoch": 1, "state_dict": prefixed(weights, "model."), "callbacks": {}}
save("lightning.pt", lightning, weights)
surroundings = {
    "args": argparse.Namespace(lr=0.1, sizes=[1, 2], path=None),
    "best": numpy.float64(0.5),
    "device": torch.device("cpu"),
    "lr_scheduler": {"milestones": collections.Counter([3, 3, 5]), "last": 2**70},
    "losses": collections.defaultdict(list, {"train": [0.5, 0.25]}),
    "names": {"a", "b"},
    "net": weights,
}
save("surroundings.pt", surroundings, weights)

# Module wrappers.
save("compiled.pt", prefixed(weights, "module._orig_mod."), weights)
model = torch.nn.Linear(3, 2)
averaged_model = torch.optim.swa_utils.AveragedModel(model)
save("averaged.pt", averaged_model.state_dict(), model.state_dict())
save_file(prefixed(weights, "module."), folder / "parallel.safetensors")
expect("parallel.safetensors", weights)
save_file(dict(averaged_model.state_dict()), folder / "averaged.safetensors")
expect("averaged.safetensors", model.state_dict())
own = prefixed(weights, "model.")
save("own_model.pt", own, own)

# Kinds of tensors.
parameter = torch.nn.Parameter(torch.randn(2, 2))
with_state = torch.nn.Parameter(torch.randn(2))
with_state.note = "kept by Python"
with_attribute = torch.randn(3)
with_attribute.note = "kept by Python"


class ByVersion3:
    """A tensor that is rebuilt from a storage of bytes, as torch does for types without a storage class."""

    def __init__(self, tensor):
        self.tensor = tensor

    def __reduce__(self):
        t = self.tensor
        rest = (t.storage_offset(), tuple(t.size()), t.stride(), False, collections.OrderedDict(), t.dtype, {})
        return torch._utils._rebuild_tensor_v3, (t.untyped_storage(), *rest)


version3 = torch.arange(6.0).reshape(2, 3)[:, 1:]
kinds = {
    "parameter": parameter,
    "with_state": with_state,
    "with_attribute": with_attribute,
    "requires_grad": torch.randn(2, requires_grad=True),
}
save("kinds.pt", {**kinds, "version3": ByVersion3(version3)}, {**kinds, "version3": version3})
for protocol in 3, 4, 5:
    save(f"protocol{protocol}.pt", {"state_dict": weights, "x" * 300: 1.5, "large": 2**40}, weights, pickle_protocol=protocol)
location_tag = torch.serialization.location_tag
torch.serialization.location_tag = lambda storage: "cuda:1"
save("cuda.pt", weights, weights)
torch.serialization.location_tag = lambda storage: "mps"
save("mps.pt", weights, weights)
torch.serialization.location_tag = location_tag

# The format before torch 1.6.
base = torch.arange(24.0)
views = {
    "base": base,
    "transposed": base.reshape(4, 6).t(),
    "sliced": base.reshape(4, 6)[1:3, ::2],
    "half": torch.randn(5).half(),
    "bfloat16": torch.randn(5).bfloat16(),
    "int64": torch.tensor([-(2**40), 2**40]),
    "bool": torch.tensor([True, False, True]),
    "scalar": torch.tensor(3.5),
    "empty": torch.empty(0, 4),
    "parameter": parameter,
}
save("legacy_views.pt", views, views, _use_new_zipfile_serialization=False)
save(
    "legacy_wrapped.pt",
    {"epoch": 1, "state_dict": prefixed(weights, "module."), "best_acc1": torch.tensor(0.5)},
    weights,
    _use_new_zipfile_serialization=False,
)

# Several files.
save_file({"weight": weights["weight"]}, folder / "model-00001-of-00002.safetensors")
save_file({"bias": weights["bias"]}, folder / "model-00002-of-00002.safetensors")
index = {
    "metadata": {"total_size": 32},
    "weight_map": {"weight": "model-00001-of-00002.safetensors", "bias": "model-00002-of-00002.safetensors"},
}
(folder / "model.safetensors.index.json").write_text(json.dumps(index, indent=2))
expect("model.safetensors.index.json", weights)

save_file(expected, folder / "expected.safetensors")

# Files that cannot be read.
torch.save({"a": torch.zeros(2, device="meta")}, folder / "meta.pt")
torch.save({"a": torch.eye(2).to_sparse()}, folder / "sparse.pt")
torch.save({"a": torch.quantize_per_tensor(torch.ones(2), 0.1, 0, torch.qint8)}, folder / "quantised.pt")
torch.save({"a": torch.ones(2, dtype=torch.complex64)}, folder / "complex.pt")
torch.save({"a": torch.ones(2).to(torch.float8_e4m3fn)}, folder / "float8.pt")
torch.jit.script(model).save(folder / "torchscript.pt")
with tarfile.open(folder / "tar.pt", "w") as archive:
    for name in "sys_info", "pickle", "storages", "tensors":
        archive.addfile(tarfile.TarInfo(name))

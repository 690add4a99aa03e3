"""check_exports.py FOLDER: NAME13.onnx, NAME--fold-batch-norm11.onnx, NAME13.torchscript and, where there is one, NAME--preprocessing13.onnx are valid and
compute the same."""
import json
import pathlib
import sys

import numpy
import onnx
import onnxruntime
import torch

TOLERANCE = 1e-5


def checked(file, opset):
    """Checks that a model passes onnx's checker and strict shape inference, and that ATC can read it."""
    model = onnx.load(file)
    onnx.checker.check_model(model, full_check=True)
    inferred = onnx.shape_inference.infer_shapes(model, strict_mode=True, data_prop=True)
    dims = inferred.graph.output[0].type.tensor_type.shape.dim
    assert dims[0].dim_param == "batch" and dims[1].dim_value == 10, dims
    assert model.ir_version <= 8, model.ir_version
    assert [(o.domain, o.version) for o in model.opset_import] == [("", opset)], model.opset_import
    metadata = {p.key: p.value for p in model.metadata_props}
    assert len(json.loads(metadata["class_names"])) == 10, metadata
    return onnxruntime.InferenceSession(file.read_bytes()), metadata, {n.op_type for n in model.graph.node}


def logits(session, images):
    return session.run(["logits"], {"input": images})[0]


def close(name, found, expected):
    difference = numpy.abs(found - expected).max() / max(1, numpy.abs(expected).max())
    assert difference < TOLERANCE, (name, difference)
    return difference


names = sorted(file.name[: -len("13.torchscript")] for file in pathlib.Path(sys.argv[1]).glob("*13.torchscript"))
assert len(names) == 6, names
prepared = 0
for name in names:
    folder = pathlib.Path(sys.argv[1])
    plain, metadata, _ = checked(folder / f"{name}13.onnx", 13)
    folded, _, operators = checked(folder / f"{name}--fold-batch-norm11.onnx", 11)
    file = folder / f"{name}--preprocessing13.onnx"
    inside = checked(file, 13)[0] if file.exists() else None
    prepared += file.exists()
    assert "BatchNormalization" not in operators, operators
    extra = {"metadata.json": ""}
    script = torch.jit.load(folder / f"{name}13.torchscript", _extra_files=extra)
    assert not script.training and json.loads(extra["metadata.json"])["outputs"] == 10
    mean, std = (numpy.float32(json.loads(metadata[key])).reshape(1, 3, 1, 1) for key in ("mean", "std"))
    worst = 0
    for batch in 1, 2, 5:
        pixels = numpy.random.default_rng(batch).integers(0, 256, (batch, 3, 32, 32), dtype=numpy.uint8)
        images = (pixels.astype(numpy.float32) / 255 - mean) / std
        with torch.no_grad():
            expected = script(torch.from_numpy(images)).numpy()
        worst = max(worst, close(name, logits(plain, images), expected), close(name, logits(folded, images), expected))
        if inside:
            worst = max(worst, close(name, logits(inside, pixels), expected))
    print(f"ok      {name}: ONNX and TorchScript, largest difference {worst:.1e}")
assert prepared, "no model with its preprocessing inside"

"""Writes the golden values of org.ascend4j.nn: run with torch 2.7.1.

    python nn_goldens.py
"""

import json
from pathlib import Path

import torch
from torch import nn

OUT = Path(__file__).resolve().parent.parent / "resources" / "org" / "ascend4j" / "nn"


def ramp(*shape):
    """Values between -1 and 1 without a pattern that a wrong stride would repeat; LayersTest has the same formula."""
    count = torch.Size(shape).numel()
    return torch.tensor([(i * 37 % 101) / 50.0 - 1.0 for i in range(count)]).reshape(shape)


def rounded(tensor):
    return [float(f"{value:.8g}") for value in tensor.detach().flatten().tolist()]


def case(layer, *shape, training=False):
    for parameter in layer.parameters():
        parameter.data.copy_(ramp(*parameter.shape))
    layer.train(training)
    x = ramp(*shape).requires_grad_()
    y = layer(x)
    (y * ramp(*y.shape)).sum().backward()
    return {"input": shape, "shape": list(y.shape), "output": rounded(y), "gradient": rounded(x.grad)}


def batch_norm():
    layer = nn.BatchNorm2d(3, eps=0.01)
    golden = {"training": case(layer, 2, 3, 2, 2, training=True)}
    golden["state"] = {name: rounded(value.float()) for name, value in layer.state_dict().items()}
    golden["evaluation"] = case(layer, 2, 3, 2, 2)
    return golden


if __name__ == "__main__":
    goldens = {
        "conv": case(nn.Conv2d(2, 3, 3, stride=2, padding=1), 2, 2, 5, 5),
        "convWithoutBias": case(nn.Conv2d(2, 3, 1, bias=False), 1, 2, 2, 2),
        "linear": case(nn.Linear(4, 3), 2, 4),
        "relu": case(nn.ReLU(), 2, 7),
        "maxPoolFloor": case(nn.MaxPool2d(3, stride=2), 1, 2, 6, 6),
        "maxPoolCeil": case(nn.MaxPool2d(3, stride=2, ceil_mode=True), 1, 2, 6, 6),
        "maxPoolPadded": case(nn.MaxPool2d(3, stride=1, padding=1), 1, 2, 3, 3),
        "avgPool": case(nn.AvgPool2d(2, stride=1), 1, 2, 3, 3),
        "adaptiveAvgPool": case(nn.AdaptiveAvgPool2d(2), 1, 2, 5, 5),
        "localResponseNorm": case(nn.LocalResponseNorm(3, alpha=0.5, beta=0.75, k=2.0), 2, 5, 2, 2),
        "flatten": case(nn.Flatten(), 2, 2, 2, 2),
        "dropoutInEvaluation": case(nn.Dropout(0.5), 2, 6),
    }
    OUT.mkdir(parents=True, exist_ok=True)
    content = {**goldens, "batchNorm": batch_norm()}
    lines = ",\n".join(f"{json.dumps(key)}: {json.dumps(value)}" for key, value in content.items())
    (OUT / "layers.json").write_text("{\n" + lines + "\n}\n")

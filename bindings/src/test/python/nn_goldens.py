"""Writes the golden values of org.ascend4j.nn: run with torch 2.7.1.

    python nn_goldens.py
"""

import json
from pathlib import Path

import torch
from torch import nn

OUT = Path(__file__).resolve().parent.parent / "resources" / "org" / "ascend4j" / "nn"


def ramp(*shape):
    """Returns values between -1 and 1 without a pattern that a wrong stride could repeat; LayersTest has the same formula."""
    count = torch.Size(shape).numel()
    return torch.tensor([(i * 37 % 101) / 50.0 - 1.0 for i in range(count)]).reshape(shape)


def rounded(tensor):
    return [float(f"{value:.8g}") for value in tensor.detach().flatten().tolist()]


def integers(count, *shape):
    """Returns integers from 0 (inclusive) to count (exclusive); LayersTest has the same formula."""
    length = torch.Size(shape).numel()
    return torch.tensor([i * 37 % 101 % count for i in range(length)]).reshape(shape)


def fill(module):
    for parameter in module.parameters():
        parameter.data.copy_(ramp(*parameter.shape))


def gradients(module):
    return {name: rounded(parameter.grad) for name, parameter in module.named_parameters() if parameter.grad is not None}


def case(layer, *shape, training=False):
    """Returns a layer's output, input gradient and, under Python's names, its state and parameter gradients, for ramps as inputs."""
    fill(layer)
    layer.zero_grad()
    layer.train(training)
    x = ramp(*shape).requires_grad_()
    y = layer(x)
    (y * ramp(*y.shape)).sum().backward()
    return {
        "input": shape,
        "shape": list(y.shape),
        "output": rounded(y),
        "gradient": rounded(x.grad),
        "state": list(layer.state_dict()),
        "gradients": gradients(layer),
    }


def batch_norm(layer, *shape):
    golden = {"training": case(layer, *shape, training=True)}
    golden["state"] = {name: rounded(value.float()) for name, value in layer.state_dict().items()}
    golden["evaluation"] = case(layer, *shape)
    return golden


def embedding(layer):
    fill(layer)
    y = layer(integers(7, 2, 4))
    (y * ramp(*y.shape)).sum().backward()
    return {"shape": list(y.shape), "output": rounded(y), "gradients": gradients(layer)}


class Presets(nn.Module):
    """The modules that PresetsModulesTest uses from the presets, under its names."""

    def __init__(self):
        super().__init__()
        self.embed = nn.Embedding(7, 8)
        self.lstm = nn.LSTM(8, 8, num_layers=2, bidirectional=True)
        self.project = nn.Sequential(nn.Linear(16, 8), nn.ReLU())
        self.encoder = nn.TransformerEncoderLayer(8, 2, dim_feedforward=16, dropout=0.0)
        self.attention = nn.MultiheadAttention(8, 2)
        self.norm = nn.LayerNorm(8)
        self.bn = nn.BatchNorm2d(8)
        self.head = nn.Linear(8, 3)

    def forward(self, indices):
        x, _ = self.lstm(self.embed(indices))
        x = self.encoder(self.project(x))
        x, _ = self.attention(x, x, x)
        x = self.norm(x).permute(1, 2, 0).unsqueeze(3)
        return self.head(self.bn(x).mean(dim=(2, 3)))


def presets():
    model = Presets()
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.copy_(ramp(*parameter.shape) * 0.5)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.05)
    losses = []
    for _ in range(4):
        loss = nn.functional.cross_entropy(model(integers(7, 5, 4)), integers(3, 4))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return {
        "state": list(model.state_dict()),
        "parameters": [name for name, _ in model.named_parameters()],
        "losses": [float(f"{loss:.8g}") for loss in losses],
        "norms": {name: float(f"{value.float().norm().item():.8g}") for name, value in model.state_dict().items()},
    }


def loss_case(loss, output, target):
    x = output.clone().requires_grad_()
    value = loss(x, target)
    (value * ramp(*value.shape)).sum().backward()
    return {"value": rounded(value), "gradient": rounded(x.grad)}


def losses():
    logits = ramp(4, 3) * 3
    labels = integers(3, 4)
    weights = torch.tensor([0.5, 1.0, 2.0])
    maps, mapped = ramp(2, 3, 2, 2) * 3, integers(3, 2, 2, 2)
    shares = logits.flip(0).softmax(1)
    cross_entropy = nn.CrossEntropyLoss
    return {
        "crossEntropy": loss_case(cross_entropy(), logits, labels),
        "labelSmoothing": loss_case(cross_entropy(label_smoothing=0.1), logits, labels),
        "classWeights": loss_case(cross_entropy(weight=weights, label_smoothing=0.1), logits, labels),
        "ignoredLabel": loss_case(cross_entropy(ignore_index=1), logits, labels),
        "crossEntropySum": loss_case(cross_entropy(reduction="sum"), logits, labels),
        "crossEntropyNone": loss_case(cross_entropy(reduction="none"), logits, labels),
        "crossEntropyOfMaps": loss_case(cross_entropy(), maps, mapped),
        "crossEntropyOfShares": loss_case(cross_entropy(), logits, shares),
        "nll": loss_case(nn.NLLLoss(), logits, labels),
        "nllClassWeights": loss_case(nn.NLLLoss(weight=weights, reduction="sum"), logits, labels),
        "bceWithLogits": loss_case(nn.BCEWithLogitsLoss(), logits, shares),
        "bcePositiveWeight": loss_case(nn.BCEWithLogitsLoss(pos_weight=weights), logits, shares),
        "mse": loss_case(nn.MSELoss(), logits, shares),
        "l1": loss_case(nn.L1Loss(reduction="sum"), logits, shares),
        "smoothL1": loss_case(nn.SmoothL1Loss(beta=0.5), logits, shares),
    }


def layers():
    return {
        "conv": case(nn.Conv2d(2, 3, 3, stride=2, padding=1), 2, 2, 5, 5),
        "convWithoutBias": case(nn.Conv2d(2, 3, 1, bias=False), 1, 2, 2, 2),
        "convRectangular": case(nn.Conv2d(2, 3, (3, 2), stride=(2, 1), padding=(1, 0)), 1, 2, 5, 4),
        "convDilated": case(nn.Conv2d(2, 2, 3, padding=2, dilation=2), 1, 2, 4, 4),
        "convGroups": case(nn.Conv2d(4, 6, 3, groups=2, padding=1), 1, 4, 3, 3),
        "convDepthwise": case(nn.Conv2d(3, 3, 3, groups=3, padding=1, bias=False), 2, 3, 3, 3),
        "convSame": case(nn.Conv2d(2, 2, (5, 3), padding="same", dilation=(1, 2)), 1, 2, 5, 4),
        "conv1d": case(nn.Conv1d(2, 4, 3, stride=2, padding=1, groups=2), 2, 2, 6),
        "convTranspose": case(nn.ConvTranspose2d(2, 4, 3, stride=2, padding=1, output_padding=1, groups=2), 1, 2, 3, 3),
        "convTransposeRectangular": case(nn.ConvTranspose2d(2, 3, (2, 3), bias=False), 1, 2, 2, 3),
        "linear": case(nn.Linear(4, 3), 2, 4),
        "linearWithoutBias": case(nn.Linear(4, 3, bias=False), 2, 2, 4),
        "relu": case(nn.ReLU(), 2, 7),
        "gelu": case(nn.GELU(), 2, 7),
        "geluTanh": case(nn.GELU(approximate="tanh"), 2, 7),
        "silu": case(nn.SiLU(), 2, 7),
        "hardswish": case(nn.Hardswish(), 2, 7),
        "hardsigmoid": case(nn.Hardsigmoid(), 2, 7),
        "relu6": case(nn.ReLU6(), 2, 7),
        "sigmoid": case(nn.Sigmoid(), 2, 7),
        "tanh": case(nn.Tanh(), 2, 7),
        "softmax": case(nn.Softmax(1), 2, 3, 2),
        "logSoftmax": case(nn.LogSoftmax(-1), 2, 3, 2),
        "leakyRelu": case(nn.LeakyReLU(0.1), 2, 7),
        "elu": case(nn.ELU(0.5), 2, 7),
        "identity": case(nn.Identity(), 2, 7),
        "layerNorm": case(nn.LayerNorm(4), 2, 3, 4),
        "layerNormOfTwoDimensions": case(nn.LayerNorm((3, 4), eps=0.1), 2, 3, 4),
        "layerNormWithoutBias": case(nn.LayerNorm(4, bias=False), 2, 3, 4),
        "layerNormPlain": case(nn.LayerNorm(4, elementwise_affine=False), 2, 3, 4),
        "groupNorm": case(nn.GroupNorm(2, 4, eps=0.1), 2, 4, 2, 2),
        "groupNormPlain": case(nn.GroupNorm(2, 4, affine=False), 2, 4, 3),
        "maxPoolFloor": case(nn.MaxPool2d(3, stride=2), 1, 2, 6, 6),
        "maxPoolCeil": case(nn.MaxPool2d(3, stride=2, ceil_mode=True), 1, 2, 6, 6),
        "maxPoolPadded": case(nn.MaxPool2d(3, stride=1, padding=1), 1, 2, 3, 3),
        "maxPoolRectangular": case(nn.MaxPool2d((3, 2), stride=(1, 2), padding=(1, 0)), 1, 2, 4, 5),
        "maxPoolDilated": case(nn.MaxPool2d(2, stride=1, dilation=2), 1, 2, 4, 5),
        "maxPoolSideBySide": case(nn.MaxPool2d(2), 1, 2, 4, 4),
        "avgPool": case(nn.AvgPool2d(2, stride=1), 1, 2, 3, 3),
        "avgPoolRectangular": case(nn.AvgPool2d((3, 2), stride=(2, 1), padding=(1, 0)), 1, 2, 4, 3),
        "avgPoolWithoutPadding": case(nn.AvgPool2d(3, padding=1, ceil_mode=True, count_include_pad=False), 1, 2, 5, 5),
        "avgPoolDivisor": case(nn.AvgPool2d(2, divisor_override=3), 1, 2, 4, 4),
        "adaptiveAvgPool": case(nn.AdaptiveAvgPool2d(2), 1, 2, 5, 5),
        "adaptiveAvgPoolRectangular": case(nn.AdaptiveAvgPool2d((3, 2)), 1, 2, 5, 5),
        "adaptiveMaxPool": case(nn.AdaptiveMaxPool2d((3, 2)), 1, 2, 5, 5),
        "localResponseNorm": case(nn.LocalResponseNorm(3, alpha=0.5, beta=0.75, k=2.0), 2, 5, 2, 2),
        "flatten": case(nn.Flatten(), 2, 2, 2, 2),
        "dropoutInEvaluation": case(nn.Dropout(0.5), 2, 6),
        "dropout2dInEvaluation": case(nn.Dropout2d(0.5), 2, 3, 2, 2),
    }


def write(name, content):
    lines = ",\n".join(f"{json.dumps(key)}: {json.dumps(value)}" for key, value in content.items())
    (OUT / name).parent.mkdir(parents=True, exist_ok=True)
    (OUT / name).write_text("{\n" + lines + "\n}\n")


if __name__ == "__main__":
    norms = {
        "batchNorm": batch_norm(nn.BatchNorm2d(3, eps=0.01), 2, 3, 2, 2),
        "batchNormMomentum": batch_norm(nn.BatchNorm2d(3, momentum=0.3), 2, 3, 2, 2),
        "batchNormPlain": batch_norm(nn.BatchNorm2d(3, affine=False), 2, 3, 2, 2),
        "batchNormUntracked": batch_norm(nn.BatchNorm2d(3, track_running_stats=False), 2, 3, 2, 2),
        "batchNorm1d": batch_norm(nn.BatchNorm1d(3), 5, 3),
        "batchNorm1dOfSequences": batch_norm(nn.BatchNorm1d(3), 2, 3, 4),
    }
    embeddings = {
        "embedding": embedding(nn.Embedding(7, 3)),
        "embeddingPadded": embedding(nn.Embedding(7, 3, padding_idx=2)),
    }
    write("layers.json", {**layers(), **norms, **embeddings})
    write("presets.json", presets())
    write("loss/losses.json", losses())

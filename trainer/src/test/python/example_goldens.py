"""Writes the golden files of org.ascend4j.examples: run with torch 2.7.1 and torchvision 0.22.1, one thread.

    TORCH_DEVICE_BACKEND_AUTOLOAD=0 OMP_NUM_THREADS=1 python example_goldens.py
"""

import json
from pathlib import Path

import torch
import torchvision
from torch import nn
from torch.nn import functional as F

import formula

OUT = Path(__file__).resolve().parent.parent / "resources" / "org" / "ascend4j" / "examples"
LABELS = torch.tensor([3, 7, 1, 9])


class MobileNetV1(nn.Module):
    """MobileNet (https://arxiv.org/abs/1704.04861), table 1; torchvision has versions 2 and 3 only."""

    PLAN = [(64, 1), (128, 2), (128, 1), (256, 2), (256, 1), (512, 2)] + [(512, 1)] * 5 + [(1024, 2), (1024, 1)]

    def __init__(self, classes, stem_stride):
        super().__init__()

        def unit(inputs, outputs, kernel, stride, groups):
            return nn.Sequential(
                nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, groups=groups, bias=False),
                nn.BatchNorm2d(outputs),
                nn.ReLU(inplace=True),
            )

        layers = [unit(3, 32, 3, stem_stride, 1)]
        width = 32
        for outputs, stride in self.PLAN:
            layers += [unit(width, width, 3, stride, width), unit(width, outputs, 1, 1, 1)]
            width = outputs
        self.features = nn.Sequential(*layers)
        self.avgpool = nn.AdaptiveAvgPool2d(1)
        self.fc = nn.Linear(width, classes)

    def forward(self, x):
        return self.fc(torch.flatten(self.avgpool(self.features(x)), 1))


def cifar_stem(model):
    """Changes torchvision's networks as the setting `stem: cifar` does."""
    if isinstance(model, torchvision.models.ResNet):
        model.conv1 = nn.Conv2d(3, 64, 3, 1, 1, bias=False)
        model.maxpool = nn.Identity()
    else:
        model.features[0] = nn.Conv2d(3, 64, 3, 2, 1)
    return model


def golden(model, shape):
    """Returns names and shapes, the logits of an evaluation, and in fp64 the loss and gradient norms of a training step without dropout.

    In fp32 rounding alone makes the gradients of the deep networks' first layers differ by one per cent between libraries.
    """
    formula.fill(model)
    for module in model.modules():
        if isinstance(module, nn.Dropout):
            module.p = 0.0
        if isinstance(module, nn.BatchNorm2d):
            # The formula's scales are around 0; over many layers the signal would vanish.
            with torch.no_grad():
                module.weight.add_(1)
    images = formula.images(*shape)
    model.eval()
    with torch.no_grad():
        logits = model(images)
    model.double().train()
    images = images.double()
    loss = F.cross_entropy(model(images), LABELS[: shape[0]])
    loss.backward()
    return {
        "stateDict": {name: list(tensor.shape) for name, tensor in model.state_dict().items()},
        "shape": list(shape),
        "evaluation": [float(f"{v:.8g}") for v in logits.flatten().tolist()],
        "loss": float(f"{loss.item():.10g}"),
        "gradientNorms": {n: float(f"{p.grad.norm().item():.10g}") for n, p in model.named_parameters()},
    }


def main():
    models = torchvision.models
    goldens = {
        "resnet18-imagenet": (models.resnet18(num_classes=10), (2, 3, 64, 64)),
        "resnet18-cifar": (cifar_stem(models.resnet18(num_classes=10)), (4, 3, 32, 32)),
        "alexnet-imagenet": (models.alexnet(num_classes=10), (2, 3, 127, 127)),
        "alexnet-cifar": (cifar_stem(models.alexnet(num_classes=10)), (4, 3, 32, 32)),
        "mobilenet-v1-imagenet": (MobileNetV1(10, 2), (2, 3, 64, 64)),
        "mobilenet-v1-cifar": (MobileNetV1(10, 1), (4, 3, 32, 32)),
    }
    OUT.mkdir(parents=True, exist_ok=True)
    for name, (model, shape) in goldens.items():
        (OUT / f"{name}.json").write_text(json.dumps(golden(model, shape), indent=1) + "\n")


if __name__ == "__main__":
    main()

"""Writes the golden files of org.ascend4j.trainer.model: run with torch 2.7.1 and torchvision 0.22.1, one thread.

    OMP_NUM_THREADS=1 python googlenet_goldens.py
"""

import json
import warnings
import zlib
from pathlib import Path

import torch
import torchvision
from torch import nn
from torch.nn import functional as F

import formula
from googlenet import FashionGoogLeNet, GoogLeNet

HERE = Path(__file__).resolve().parent
OUT = HERE.parent / "resources" / "org" / "ascend4j" / "trainer" / "model" / "googlenet"
LABELS = torch.tensor([3, 7, 1, 9])


def rounded(tensor):
    return [float(f"{value:.8g}") for value in tensor.detach().flatten().tolist()]


def write(name, content):
    lines = ",\n".join(f"{json.dumps(key)}: {json.dumps(value)}" for key, value in content.items())
    (OUT / name).write_text("{\n" + lines + "\n}\n")


def without_dropout(model):
    for module in model.modules():
        if isinstance(module, nn.Dropout):
            module.p = 0.0
    return model


def passes(model, images, labels):
    """Returns logits, loss and gradient norms of one training pass, then the logits of an evaluation."""
    model.train()
    outputs = model(images)
    outputs = outputs if isinstance(outputs, tuple) else (outputs,)
    weights = (1.0, 0.3, 0.3)
    loss = sum(w * F.cross_entropy(o, labels) for w, o in zip(weights, outputs))
    model.eval()
    with torch.no_grad():
        evaluation = model(images)
    return {
        "outputs": [rounded(o) for o in outputs],
        "loss": rounded(loss)[0],
        "gradientNorms": gradient_norms(model, images, labels),
        "evaluation": rounded(evaluation),
    }


def gradient_norms(model, images, labels):
    """Returns gradient norms in fp64: in fp32 a rectifier or a pool near a tie takes the other side on another processor."""
    model.double().train()
    outputs = model(images.double())
    outputs = outputs if isinstance(outputs, tuple) else (outputs,)
    sum(w * F.cross_entropy(o, labels) for w, o in zip((1.0, 0.3, 0.3), outputs)).backward()
    return {n: float(f"{p.grad.norm().item():.10g}") for n, p in model.named_parameters()}


def parity():
    variants = {
        "plain": ({}, (4, 3, 32, 32)),
        "grey": ({"in_channels": 1}, (2, 1, 96, 96)),
        "batchNorm": ({"batch_norm": True}, (4, 3, 64, 64)),
        "localResponseNorm": ({"lrn": True}, (4, 3, 48, 48)),
        "auxiliaryHeads": ({"aux": True}, (4, 3, 64, 64)),
        "auxiliaryHeadsBatchNorm": ({"aux": True, "batch_norm": True}, (4, 3, 64, 64)),
        "cifarStem": ({"stem": "cifar", "batch_norm": True}, (4, 3, 32, 32)),
        "cifarFineStem": ({"stem": "cifar-fine"}, (2, 3, 32, 32)),
    }
    goldens = {}
    for name, (arguments, shape) in variants.items():
        model = without_dropout(formula.fill(GoogLeNet(**arguments)))
        goldens[name] = passes(model, formula.images(*shape), LABELS[: shape[0]])
    write("parity.json", goldens)


def fashion():
    model = formula.fill(FashionGoogLeNet()).eval()
    with torch.no_grad():
        logits = model(formula.images(1, 1, 224, 224))
    write("fashion.json", {"names": list(model.state_dict()), "evaluation224": rounded(logits)})


def checksums(model):
    return {n: zlib.crc32(t.detach().numpy().tobytes()) for n, t in model.state_dict().items()}


def dirac(weight):
    """airbench's: the first filters of each convolution copy its inputs; not of the stem, whose stride is 2."""
    nn.init.kaiming_normal_(weight, nonlinearity="relu")
    if weight.dim() == 4 and weight.size(3) != 7:
        nn.init.dirac_(weight.data[: weight.size(1)])


def initial_weights():
    goldens = {}
    torch.manual_seed(7)
    goldens["article"] = checksums(GoogLeNet())
    torch.manual_seed(7)
    goldens["articleBatchNormAux"] = checksums(GoogLeNet(batch_norm=True, aux=True))
    for name, weight in (
        ("kaiming", lambda w: nn.init.kaiming_normal_(w, nonlinearity="relu")),
        ("xavier", nn.init.xavier_uniform_),
        ("truncatedNormal", lambda w: nn.init.trunc_normal_(w, std=0.01, a=-2, b=2)),
        ("dirac", dirac),
    ):
        torch.manual_seed(7)
        model = GoogLeNet()
        for module in model.modules():
            # airbench keeps the default of the fully connected layer.
            if isinstance(module, nn.Conv2d) or isinstance(module, nn.Linear) and name != "dirac":
                weight(module.weight)
                if name != "truncatedNormal":
                    nn.init.zeros_(module.bias)
        goldens[name] = {
            n: rounded(p.flatten()[:3]) + rounded(p.flatten()[-1:]) for n, p in model.named_parameters() if "p2_" in n or "fc" in n
        }
    write("initial-weights.json", goldens)


def torchvision_tree():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model = torchvision.models.googlenet(num_classes=10, aux_logits=True, init_weights=False)
        without_dropout(formula.fill(model))
    goldens = {"stateDict": {n: list(t.shape) for n, t in model.state_dict().items()}}
    model.train()
    main, deep, shallow = model(formula.images(4, 3, 64, 64))
    goldens["training64"] = [rounded(main), rounded(shallow), rounded(deep)]
    formula.fill(model).eval()
    with torch.no_grad():
        goldens["evaluation64"] = rounded(model(formula.images(2, 3, 64, 64)))
        goldens["evaluation224"] = rounded(model(formula.images(1, 3, 224, 224)))
        model.transform_input = True
        goldens["transformed64"] = rounded(model(formula.images(2, 3, 64, 64)))
    write("torchvision.json", goldens)


class Work:
    """Counts multiply-adds of convolutions and fully connected layers from their loops' lengths."""

    def __init__(self, model):
        self.total = 0
        for module in model.modules():
            if isinstance(module, (nn.Conv2d, nn.Linear)):
                module.register_forward_hook(self.count)

    def count(self, module, inputs, output):
        if isinstance(module, nn.Linear):
            self.total += output.shape[0] * module.in_features * module.out_features
        else:
            n, out, height, width = output.shape
            self.total += n * height * width * out * module.in_channels * module.kernel_size[0] * module.kernel_size[1]


def sizes():
    goldens = {}
    for name, arguments, shape in (
        ("article32", {}, (1, 3, 32, 32)),
        ("article224", {"classes": 1000}, (1, 3, 224, 224)),
        ("grey224", {"in_channels": 1}, (1, 1, 224, 224)),
        ("cifar32", {"stem": "cifar", "batch_norm": True}, (1, 3, 32, 32)),
        ("cifarFine32", {"stem": "cifar-fine", "batch_norm": True}, (1, 3, 32, 32)),
        ("aux32", {"aux": True}, (1, 3, 32, 32)),
    ):
        model = GoogLeNet(**arguments).eval()
        work = Work(model)
        stages = {}
        for stage in ("stage1", "stage2", "stage3", "stage4", "stage5", "fc"):
            getattr(model, stage).register_forward_hook(
                lambda m, i, o, stage=stage: stages.__setitem__(stage, list(o.shape))
            )
        with torch.no_grad():
            model(torch.zeros(shape))
        goldens[name] = {
            "parameters": sum(p.numel() for p in model.parameters()),
            "multiplyAdds": work.total,
            "shapes": stages,
        }
    write("sizes.json", goldens)


if __name__ == "__main__":
    torch.set_num_threads(1)
    OUT.mkdir(parents=True, exist_ok=True)
    parity()
    fashion()
    initial_weights()
    torchvision_tree()
    sizes()

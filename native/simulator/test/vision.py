"""Trains networks of torchvision 2 steps on npu and on cpu and prints the largest relative difference of losses as JSON.

    with-simulated-cann -- VENV/bin/python vision.py [NAME...]
"""
import argparse
import json

import torch
import torch.nn.functional as F
import torch_npu
import torchvision
from torch import nn

STEPS = 2
# The smallest images for which the last batch normalisation has more than one number per channel.
SIZES = {"resnet18": 64, "resnet50": 64, "alexnet": 64, "vgg11_bn": 32, "mobilenet_v2": 64, "densenet121": 64,
         "inception_v3": 128}


def network(name):
    options = {"inception_v3": {"aux_logits": False, "init_weights": False}}  # the auxiliary head needs 299 pixels
    net = getattr(torchvision.models, name)(num_classes=10, **options.get(name, {}))
    for module in net.modules():
        if isinstance(module, nn.Dropout):
            module.p = 0.0  # random numbers differ between devices
    return net


def losses(device, name):
    torch.manual_seed(0)
    net = network(name).to(device)
    optimizer = torch.optim.SGD(net.parameters(), 0.01, 0.9)
    for _ in range(STEPS):
        x, targets = torch.randn(4, 3, SIZES[name], SIZES[name]), torch.randint(0, 10, (4,))
        optimizer.zero_grad()
        loss = F.cross_entropy(net(x.to(device)), targets.to(device))
        loss.backward()
        optimizer.step()
        yield loss.item()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", default=list(SIZES))
    torch_npu.npu.config.allow_internal_format = False
    torch_npu.npu.set_compile_mode(jit_compile=False)
    results = {}
    for name in parser.parse_args().names:
        cpu, npu = (list(losses(device, name)) for device in ("cpu", "npu:0"))
        results[name] = max(abs(a - b) / abs(a) for a, b in zip(cpu, npu, strict=True))
    print(json.dumps(results))


if __name__ == "__main__":
    main()

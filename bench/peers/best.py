"""Measures Python's best: resident images, with the threads, layout and precision that were fastest in a short trial.

Usage: best.py train|evaluate BATCH STEPS [plain|batch-norm|cifar-stem|quick|fast|224px]   Prints images per second and the setting chosen.
"""

import contextlib
import itertools
import os
import statistics
import sys
import time

import torch
from recipe import GoogLeNet, normalise
from torch import nn

VARIANTS = {
    "plain": ({}, 32),
    "batch-norm": ({"batch_norm": True}, 32),
    "cifar-stem": ({"stem": "cifar"}, 32),
    "quick": ({"batch_norm": True}, 32),
    "fast": ({"batch_norm": True, "stem": "cifar"}, 32),
    "224px": ({}, 224),
}


def work(variant, threads, layout, bf16, fused, batch, training):
    """Returns a function that does a step."""
    torch.set_num_threads(threads)
    options, side = VARIANTS[variant]
    net = GoogLeNet(**options).to(memory_format=layout).train(training)
    images = torch.randint(0, 256, (batch * 4, 3, side, side), dtype=torch.uint8)
    labels = torch.arange(batch * 4) % 10
    criterion = nn.CrossEntropyLoss()
    optimizer = torch.optim.SGD(net.parameters(), lr=0.01, momentum=0.9, weight_decay=5e-4, fused=fused or None)

    def step(number):
        picked = torch.arange(batch) + number % 4 * batch
        input_ = normalise(images[picked]).to(memory_format=layout)
        region = torch.autocast("cpu", torch.bfloat16) if bf16 else contextlib.nullcontext()
        if training:
            optimizer.zero_grad()
            with region:
                loss = criterion(net(input_), labels[picked])
            loss.backward()
            optimizer.step()
            loss.item()
        else:
            with region, torch.inference_mode():
                net(input_).argmax(1)

    return step


def rate(step, batch, steps, warm_up):
    seconds = []
    for number in range(warm_up + steps):
        start = time.perf_counter()
        step(number)
        seconds.append(time.perf_counter() - start)
    return batch / statistics.median(seconds[warm_up:])


def multiplies_bf16():
    """Without such instructions a step in bf16 takes many times as long, so that its trials would take most of the time."""
    with open("/proc/cpuinfo") as lines:
        text = lines.read()
    return any(flag in text for flag in ("avx512_bf16", "amx_bf16", " bf16"))


def main():
    training, batch, steps = sys.argv[1] == "train", int(sys.argv[2]), int(sys.argv[3])
    variant = sys.argv[4] if len(sys.argv) > 4 else "plain"
    processors = len(os.sched_getaffinity(0))
    settings = itertools.product(
        sorted({1, processors}),
        (torch.contiguous_format, torch.channels_last),
        (False, True) if multiplies_bf16() else (False,),
        (False, True) if training else (False,),
    )
    # Steps with large images take seconds, and their times vary less.
    trial = (1, 1) if variant == "224px" else (4, 2)
    trials = {setting: rate(work(variant, *setting, batch, training), batch, *trial) for setting in settings}
    best = max(trials, key=trials.get)
    print(rate(work(variant, *best, batch, training), batch, steps, 5), *best)


if __name__ == "__main__":
    main()

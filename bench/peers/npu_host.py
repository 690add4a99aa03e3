"""Milliseconds per step of the Ascend tutorial's training loop in Python on npu, without data loading: npu_host.py BATCH STEPS {auto,off}.

The last word is SGD's foreach: torch's default (lists of tensors) or its plain loop over parameters.
"""
import sys
import time
from pathlib import Path

import torch
import torch_npu
from torch import nn

sys.path.insert(0, str(Path(__file__).parents[2] / "native/simulator/test"))
from article import GoogLeNet  # noqa: E402

WARM_UP = 20

batch, steps, foreach = int(sys.argv[1]), int(sys.argv[2]), {"auto": None, "off": False}[sys.argv[3]]
torch_npu.npu.config.allow_internal_format = False
torch_npu.npu.set_compile_mode(jit_compile=False)
net = GoogLeNet().to("npu:0").train()
criterion = nn.CrossEntropyLoss()
optimizer = torch.optim.SGD(net.parameters(), lr=1.0, weight_decay=5e-4, foreach=foreach)
scheduler = torch.optim.lr_scheduler.OneCycleLR(optimizer, 0.1, total_steps=steps + WARM_UP)
images, labels = torch.randn(batch, 3, 32, 32), torch.zeros(batch, dtype=torch.int64)
for step in range(WARM_UP + steps):
    if step == WARM_UP:
        start = time.perf_counter()
    optimizer.zero_grad()
    loss = criterion(net(images.to("npu:0")), labels.to("npu:0"))
    loss.backward()
    optimizer.step()
    scheduler.step()
    loss.item()
print(1e3 * (time.perf_counter() - start) / steps)

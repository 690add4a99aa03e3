"""Writes the losses of a small network's training, the loop of org.ascend4j.loop.Quickstart, and of its evaluation.

Usage: python training_loop.py > ../resources/golden/loop/losses.csv
"""
import torch
from torch import nn
from torch.optim import lr_scheduler as schedulers

torch.manual_seed(7)
net = nn.Sequential(nn.Conv2d(1, 8, 3, padding=1), nn.BatchNorm2d(8), nn.ReLU(), nn.Flatten(), nn.Linear(8 * 8 * 8, 4))
images = torch.randn(96, 1, 8, 8)
labels = images.reshape(96, 4, 16).sum(2).argmax(1)
decay = [p for p in net.parameters() if p.dim() > 1]
plain = [p for p in net.parameters() if p.dim() <= 1]
optimizer = torch.optim.SGD(
    [dict(params=decay, weight_decay=0.01), dict(params=plain)], lr=0.1, momentum=0.9, nesterov=True, foreach=False
)
rise = schedulers.LinearLR(optimizer, start_factor=1 / 4, total_iters=3)
fall = schedulers.CosineAnnealingLR(optimizer, T_max=9)
schedule = schedulers.SequentialLR(optimizer, [rise, fall], milestones=[3])

print("# step,loss; torch " + torch.__version__)
for step in range(12):
    part = slice(step % 4 * 16, step % 4 * 16 + 16)
    loss = nn.functional.cross_entropy(net(images[part]), labels[part])
    loss.backward()
    nn.utils.clip_grad_norm_(net.parameters(), 1.0)
    optimizer.step()
    schedule.step()
    optimizer.zero_grad()
    print(f"{step + 1},{loss.item()!r}")
net.eval()
with torch.no_grad():
    print(f"test,{nn.functional.cross_entropy(net(images[64:]), labels[64:], reduction='sum').item()!r}")

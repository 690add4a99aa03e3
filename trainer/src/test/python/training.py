"""Writes train/training.json: losses of the Ascend tutorial's loop in Python, with weights and images from a closed formula (see formula.py).

Usage: OMP_NUM_THREADS=1 python training.py
"""

import json
import os

import formula
import torch
from googlenet import GoogLeNet
from torch import nn

TARGET = os.path.join(os.path.dirname(__file__), "../resources/org/ascend4j/trainer/train/training.json")
TRAIN, TEST, BATCH, EVAL_BATCH, EPOCHS, MAX_LR = 40, 15, 16, 10, 8, 0.00004
MEAN = torch.tensor([0.4914, 0.4822, 0.4465]).reshape(1, 3, 1, 1)
STD = torch.tensor([0.2023, 0.1994, 0.2010]).reshape(1, 3, 1, 1)


def data(salt, count):
    """Returns noise whose brightness depends on the class, so that training can learn it."""
    labels = torch.arange(count) * 7 % 10
    noise = torch.from_numpy(formula.uniform(salt, count * 3 * 32 * 32)).reshape(count, 3, 32, 32) + 0.5
    bytes_ = torch.floor(noise * 128 + labels.reshape(count, 1, 1, 1) * 12).to(torch.uint8)
    return (bytes_.to(torch.float32) / 255 - MEAN) / STD, labels


def evaluate(model, images, labels):
    model.eval()
    loss, hits = 0.0, 0
    with torch.no_grad():
        for first in range(0, len(labels), EVAL_BATCH):
            logits = model(images[first : first + EVAL_BATCH])
            part = labels[first : first + EVAL_BATCH]
            loss += nn.functional.cross_entropy(logits, part).item() * len(part)
            hits += (logits.argmax(1) == part).sum().item()
    return loss / len(labels), hits / len(labels)


def main():
    torch.set_num_threads(1)
    model = formula.fill(GoogLeNet())
    images, labels = data(7001, TRAIN)
    test_images, test_labels = data(7002, TEST)
    criterion = nn.CrossEntropyLoss()
    optimizer = torch.optim.SGD(model.parameters(), lr=1.0, weight_decay=5e-4)
    steps = (TRAIN + BATCH - 1) // BATCH
    scheduler = torch.optim.lr_scheduler.OneCycleLR(optimizer, MAX_LR, epochs=EPOCHS, steps_per_epoch=steps)
    golden = {"steps": [], "epochs": []}
    for _ in range(EPOCHS):
        model.train()
        hits = 0
        for first in range(0, TRAIN, BATCH):
            part = labels[first : first + BATCH]
            optimizer.zero_grad()
            logits = model(images[first : first + BATCH])
            loss = criterion(logits, part)
            loss.backward()
            group = optimizer.param_groups[0]
            golden["steps"].append([loss.item(), group["lr"], group["momentum"]])
            optimizer.step()
            scheduler.step()
            hits += (logits.argmax(1) == part).sum().item()
        test_loss, test_accuracy = evaluate(model, test_images, test_labels)
        golden["epochs"].append([hits / TRAIN, test_loss, test_accuracy])
    os.makedirs(os.path.dirname(TARGET), exist_ok=True)
    with open(TARGET, "w") as file:
        json.dump(golden, file, indent=1)
        file.write("\n")


if __name__ == "__main__":
    main()

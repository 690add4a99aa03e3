"""The common part of the peers: the Ascend tutorial's network, normalisation, optimiser, schedule and step, in torch."""

import sys
from pathlib import Path

import torch
from torch import nn

sys.path.insert(0, str(Path(__file__).parents[2] / "trainer/src/test/python"))
from googlenet import GoogLeNet  # noqa: E402, F401: the peers import it from here

MEAN = (0.4914, 0.4822, 0.4465)
STD = (0.2023, 0.1994, 0.2010)
_MEAN = torch.tensor(MEAN).reshape(1, 3, 1, 1)
_STD = torch.tensor(STD).reshape(1, 3, 1, 1)


def normalise(images):
    """Returns float32 images of uint8 ones, N x 3 x H x W."""
    return (images.float() / 255 - _MEAN) / _STD


class Training:
    """SGD with weight decay; learning rate and momentum follow one cycle up to max_lr."""

    def __init__(self, model, max_lr, epochs, steps_per_epoch):
        self.model = model
        self.criterion = nn.CrossEntropyLoss()
        self.optimizer = torch.optim.SGD(model.parameters(), lr=1.0, weight_decay=5e-4)
        self.scheduler = torch.optim.lr_scheduler.OneCycleLR(
            self.optimizer, max_lr, epochs=epochs, steps_per_epoch=steps_per_epoch
        )

    def step(self, images, labels):
        """Updates the weights once and returns the loss before."""
        self.optimizer.zero_grad()
        loss = self.criterion(self.model(images), labels)
        loss.backward()
        self.optimizer.step()
        self.scheduler.step()
        return loss.detach()

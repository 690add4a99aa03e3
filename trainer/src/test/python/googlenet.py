"""GoogLeNet in Python, written from the paper with the Ascend tutorial's parameter names: the reference for the tests of Java's network."""

from collections import OrderedDict

import torch
from torch import nn
from torch.nn import functional as F

WIDTHS = {
    "3a": (64, 96, 128, 16, 32, 32),
    "3b": (128, 128, 192, 32, 96, 64),
    "4a": (192, 96, 208, 16, 48, 64),
    "4b": (160, 112, 224, 24, 64, 64),
    "4c": (128, 128, 256, 24, 64, 64),
    "4d": (112, 144, 288, 32, 64, 64),
    "4e": (256, 160, 320, 32, 128, 128),
    "5a": (256, 160, 320, 32, 128, 128),
    "5b": (384, 192, 384, 48, 128, 128),
}


class Inception(nn.Module):
    def __init__(self, inputs, widths, batch_norm):
        super().__init__()
        one, reduce3, three, reduce5, five, pool = widths
        self.batch_norm = batch_norm
        self.add("p1_1", inputs, one, 1)
        self.add("p2_1", inputs, reduce3, 1)
        self.add("p2_2", reduce3, three, 3)
        self.add("p3_1", inputs, reduce5, 1)
        self.add("p3_2", reduce5, five, 5)
        self.p4_1 = nn.MaxPool2d(3, stride=1, padding=1)
        self.add("p4_2", inputs, pool, 1)

    def add(self, name, inputs, outputs, kernel):
        setattr(self, name, nn.Conv2d(inputs, outputs, kernel, padding=kernel // 2, bias=not self.batch_norm))
        if self.batch_norm:
            setattr(self, name + "_bn", nn.BatchNorm2d(outputs))

    def unit(self, name, x):
        x = getattr(self, name)(x)
        return F.relu(getattr(self, name + "_bn")(x) if self.batch_norm else x)

    def forward(self, x):
        return torch.cat(
            (
                self.unit("p1_1", x),
                self.unit("p2_2", self.unit("p2_1", x)),
                self.unit("p3_2", self.unit("p3_1", x)),
                self.unit("p4_2", self.p4_1(x)),
            ),
            dim=1,
        )


class GoogLeNet(nn.Module):
    def __init__(self, in_channels=3, classes=10, stem="imagenet", batch_norm=False, lrn=False, aux=False, dropout=0.0):
        super().__init__()
        self.batch_norm = batch_norm
        kernel, stride = (7, 2) if stem == "imagenet" else (3, 1)
        norm = [nn.LocalResponseNorm(5, alpha=1e-4, beta=0.75, k=1.0)] if lrn else []
        self.stage1 = self.stage(self.conv(in_channels, 64, kernel, stride), self.pool(), *norm)
        self.stage2 = self.stage(
            self.conv(64, 64, 1, 1),
            self.conv(64, 192, 3, 1),
            *norm,
            *([] if stem == "cifar-fine" else [self.pool()]),
        )
        self.stage3 = self.stage(*self.inceptions(192, "3a", "3b"), self.pool())
        self.stage4 = self.stage(*self.inceptions(480, "4a", "4b", "4c", "4d", "4e"), self.pool())
        self.stage5 = self.stage(*self.inceptions(832, "5a", "5b"), nn.AdaptiveAvgPool2d((1, 1)), nn.Flatten())
        self.dropout = nn.Dropout(dropout)
        self.fc = nn.Linear(1024, classes)
        self.aux1 = self.head(512, classes) if aux else None
        self.aux2 = self.head(528, classes) if aux else None

    def conv(self, inputs, outputs, kernel, stride):
        return nn.Conv2d(inputs, outputs, kernel, stride=stride, padding=kernel // 2, bias=not self.batch_norm)

    def pool(self):
        return nn.MaxPool2d(3, stride=2, padding=1)

    def inceptions(self, inputs, *names):
        for name in names:
            yield Inception(inputs, WIDTHS[name], self.batch_norm)
            inputs = sum(WIDTHS[name][i] for i in (0, 2, 4, 5))

    def stage(self, *layers):
        """Numbers layers as the Ascend tutorial does; a batch norm has its convolution's number with "_bn" appended."""
        named = OrderedDict()
        position = 0
        for layer in layers:
            named[str(position)] = layer
            if isinstance(layer, nn.Conv2d):
                if self.batch_norm:
                    named[f"{position}_bn"] = nn.BatchNorm2d(layer.out_channels)
                position += 1
                named[str(position)] = nn.ReLU()
            position += 1
        return nn.Sequential(named)

    def head(self, inputs, classes):
        named = OrderedDict(pool=nn.AdaptiveAvgPool2d(4), conv=self.conv(inputs, 128, 1, 1))
        if self.batch_norm:
            named["conv_bn"] = nn.BatchNorm2d(128)
        named.update(
            relu1=nn.ReLU(),
            flatten=nn.Flatten(),
            fc1=nn.Linear(2048, 1024),
            relu2=nn.ReLU(),
            dropout=nn.Dropout(0.7),
            fc2=nn.Linear(1024, classes),
        )
        return nn.Sequential(named)

    def forward(self, x):
        x = self.stage3(self.stage2(self.stage1(x)))
        heads = ()
        if self.aux1 is not None and self.training:
            after4a = self.stage4[0](x)
            after4d = self.stage4[1:4](after4a)
            heads = self.aux1(after4a), self.aux2(after4d)
            x = self.stage4[4:](after4d)
        else:
            x = self.stage4(x)
        logits = self.fc(self.dropout(self.stage5(x)))
        return (logits, *heads) if heads else logits


class FashionInception(nn.Module):
    def __init__(self, inputs, widths):
        super().__init__()
        one, reduce3, three, reduce5, five, pool = widths
        self.branch1 = nn.Conv2d(inputs, one, 1)
        self.branch2_1 = nn.Conv2d(inputs, reduce3, 1)
        self.branch2_2 = nn.Conv2d(reduce3, three, 3, padding=1)
        self.branch3_1 = nn.Conv2d(inputs, reduce5, 1)
        self.branch3_2 = nn.Conv2d(reduce5, five, 5, padding=2)
        self.branch4_1 = nn.MaxPool2d(3, stride=1, padding=1)
        self.branch4_2 = nn.Conv2d(inputs, pool, 1)

    def forward(self, x):
        branches = (
            self.branch1(x),
            self.branch2_2(F.relu(self.branch2_1(x))),
            self.branch3_2(F.relu(self.branch3_1(x))),
            self.branch4_2(self.branch4_1(x)),
        )
        return torch.cat([F.relu(branch) for branch in branches], dim=1)


class FashionGoogLeNet(nn.Module):
    """The Fashion tutorial's network: one channel, 224 pixels, a 7x7 average pooling, dropout 0.4, and its own names."""

    def __init__(self):
        super().__init__()
        self.conv1 = nn.Sequential(nn.Conv2d(1, 64, 7, stride=2, padding=3), nn.ReLU(), nn.MaxPool2d(3, 2, 1))
        self.conv2 = nn.Sequential(
            nn.Conv2d(64, 64, 1), nn.ReLU(), nn.Conv2d(64, 192, 3, padding=1), nn.ReLU(), nn.MaxPool2d(3, 2, 1)
        )
        inputs = 192
        for name, widths in WIDTHS.items():
            setattr(self, "inception_" + name, FashionInception(inputs, widths))
            inputs = sum(widths[i] for i in (0, 2, 4, 5))
        self.avg_pool = nn.AvgPool2d(7)
        self.dropout = nn.Dropout(0.4)
        self.fc = nn.Linear(1024, 10)

    def forward(self, x):
        x = self.conv2(self.conv1(x))
        for name in WIDTHS:
            x = getattr(self, "inception_" + name)(x)
            if name in ("3b", "4e"):
                x = F.max_pool2d(x, 3, 2, 1)
        return self.fc(self.dropout(self.avg_pool(x)).view(x.shape[0], -1))

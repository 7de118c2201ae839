"""Writes conv.pt, the TorchScript of the tests, and prints what it gives: /usr/bin/python3 make_torchscript.py (torch 1.13)."""

import pathlib

import torch
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem = nn.Sequential(nn.Conv2d(1, 4, 3, padding=1), nn.BatchNorm2d(4), nn.ReLU(), nn.MaxPool2d(2))
        self.body = nn.Sequential(nn.Conv2d(4, 6, 3, padding=1), nn.ReLU(), nn.Dropout(0.5))
        self.head = nn.Linear(6, 3)

    def forward(self, x):
        x = self.body(self.stem(x))
        return self.head(x.mean((2, 3)))


torch.manual_seed(0)
net = Net()
net.train()
for _ in range(3):
    net(torch.rand(8, 1, 4, 4))  # running statistics that are not 0 and 1
net.eval()
folder = pathlib.Path(__file__).parent
torch.jit.script(net).save(str(folder / "conv.pt"))
torch.save(net.state_dict(), str(folder / "weights_only.pt"))

pixels = torch.arange(32, dtype=torch.float32).reshape(2, 4, 4, 1) * 8  # two images of 4 × 4 × 1, 0 … 248
given = (pixels.permute(0, 3, 1, 2) / 255 - 0.5) / 0.25
with torch.no_grad():
    print("output", net(given).tolist())
    print("body", net.body(net.stem(given)).mean((2, 3)).tolist())
    print("stem.1", net.stem[1](net.stem[0](given)).mean((2, 3)).tolist())

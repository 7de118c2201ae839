"""Writes the TorchScript of the tests, conv.pt and strided.pt, and prints what they give: /usr/bin/python3 make_torchscript.py (torch 1.13)."""

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


class Strided(nn.Module):
    """Every way in which code writes a convolution with a window of one place and a stride, and some that go without."""

    def __init__(self):
        super().__init__()
        self.wide = nn.Conv2d(1, 8, 3, padding=1)
        self.down = nn.Conv2d(8, 8, 1, stride=2)
        self.flat = nn.Conv2d(8, 6, 1, stride=(1, 2), padding="valid", bias=False)
        self.steps = nn.Conv1d(6, 6, 1, stride=2, groups=2)
        self.bordered = nn.Conv2d(8, 6, 1, stride=3, padding=1)
        self.up = nn.ConvTranspose2d(6, 4, 1, stride=2)
        self.traced = torch.jit.trace(nn.Conv2d(4, 5, 1, stride=(2, 1)), torch.zeros(1, 4, 3, 3))

    def forward(self, x):
        x = torch.relu(self.wide(x))
        bordered = self.bordered(x).mean((2, 3), keepdim=True)
        x = self.flat(self.down(x))  # 2 × 1
        if x.size(2) > 1:
            x = self.steps(x.flatten(2)).unsqueeze(3)  # 1 × 1
        x = torch.nn.functional.conv2d(x + bordered, torch.ones(6, 1, 1, 1), stride=1, groups=6)
        return self.traced(self.up(x))


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
    torch.manual_seed(1)
    strided = torch.jit.script(Strided().eval())
    strided.save(str(folder / "strided.pt"))
    print("strided", strided(given).mean((2, 3)).tolist())
    print("stem.1", net.stem[1](net.stem[0](given)).mean((2, 3)).tolist())

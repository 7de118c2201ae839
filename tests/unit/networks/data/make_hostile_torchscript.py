"""Writes TorchScript that must be refused: reads_a_file.pt, forks_a_draw.pt, draws_numbers.pt, and huge_weight.pt, whose weight claims more
cells than its file has. /usr/bin/python3 make_hostile_torchscript.py (torch 1.13)."""

import pathlib
import zipfile

import torch
from torch import nn


class ReadsAFile(nn.Module):
    def forward(self, x):
        return x + torch.from_file("/etc/passwd", False, 4, dtype=torch.float32)


class ForksADraw(nn.Module):
    def forward(self, x):
        return torch.jit.wait(torch.jit.fork(lambda x: x + torch.rand_like(x), x))


class DrawsNumbers(nn.Module):
    def forward(self, x):
        return x + torch.rand_like(x)


class Linear(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(16, 7, bias=False)

    def forward(self, x):
        return self.layer(x)


folder = pathlib.Path(__file__).parent
torch.jit.script(ReadsAFile()).save(str(folder / "reads_a_file.pt"))
torch.jit.trace(ForksADraw(), torch.zeros(1, 1, 4, 4), check_trace=False).save(str(folder / "forks_a_draw.pt"))
torch.jit.script(DrawsNumbers()).save(str(folder / "draws_numbers.pt"))
torch.jit.script(Linear()).save(str(folder / "huge_weight.pt"))

# The size of 7 × 16 in the pickle becomes 255 × 16, over the same storage.
with zipfile.ZipFile(folder / "huge_weight.pt") as whole:
    members = [(info.filename, whole.read(info.filename)) for info in whole.infolist()]
with zipfile.ZipFile(folder / "huge_weight.pt", "w", zipfile.ZIP_STORED) as changed:
    for name, content in members:
        if name.endswith("data.pkl"):
            assert content.count(b"(K\x07K\x10t") == 1
            content = content.replace(b"(K\x07K\x10t", b"(K\xffK\x10t")
        if not name.endswith(".debug_pkl"):
            changed.writestr(name, content)

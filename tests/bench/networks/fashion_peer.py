#!/usr/bin/python3
"""The network of fashion_full.mlp in PyTorch, on one thread, with the same rows, batches and epochs.

usage: tests/bench/networks/fashion_peer.py [EPOCHS] [ROWS]

Prints a JSON line: test accuracy, wall and CPU seconds of the whole program.
"""

import gzip
import json
import resource
import sys
import time
from pathlib import Path

import numpy as np
import torch
from torch import nn

FOLDER = Path("/usr/share/datasets/fashion-mnist")


def images(name):
    with gzip.open(FOLDER / f"{name}-images-idx3-ubyte.gz") as file:
        return torch.from_numpy(np.frombuffer(file.read(), np.uint8, offset=16).reshape(-1, 1, 28, 28).astype(np.float32))


def labels(name):
    with gzip.open(FOLDER / f"{name}-labels-idx1-ubyte.gz") as file:
        return torch.from_numpy(np.frombuffer(file.read(), np.uint8, offset=8).astype(np.int64))


def main():
    epochs = int(sys.argv[1]) if len(sys.argv) > 1 else 6
    rows = int(sys.argv[2]) if len(sys.argv) > 2 else 60_000
    begun = time.perf_counter()
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    torch.manual_seed(1)
    x, y = images("train")[:rows], labels("train")[:rows]
    network = nn.Sequential(
        nn.Conv2d(1, 32, 3, padding="same"), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(32, 64, 3, padding="same"), nn.ReLU(), nn.MaxPool2d(2),
        nn.Flatten(), nn.Linear(64 * 49, 128), nn.ReLU(), nn.Dropout(0.3), nn.Linear(128, 10))
    optimiser = torch.optim.Adam(network.parameters(), lr=1e-3)
    loss = nn.CrossEntropyLoss()
    for _ in range(epochs):
        network.train()
        order = torch.randperm(len(x))
        for start in range(0, len(x), 64):
            batch = order[start:start + 64]
            optimiser.zero_grad()
            loss(network(x[batch] / 255), y[batch]).backward()
            optimiser.step()
    network.eval()
    tested, truth = images("t10k"), labels("t10k")
    with torch.no_grad():
        right = sum(int((network(tested[i:i + 1000] / 255).argmax(1) == truth[i:i + 1000]).sum()) for i in range(0, 10_000, 1000))
    used = resource.getrusage(resource.RUSAGE_SELF)
    print(json.dumps({"accuracy": right / 10_000, "wall": time.perf_counter() - begun, "cpu": used.ru_utime + used.ru_stime}))


if __name__ == "__main__":
    main()

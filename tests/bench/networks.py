"""CPU time of three epochs of a small convolutional network on 10,000 images of Fashion-MNIST, ours and PyTorch's, one thread: networks.py PROGRAM.

PROGRAM is the target network_speed: cmake --build build/release --target network_speed
Debian: dataset-fashion-mnist python3-numpy python3-torch; run it with /usr/bin/python3.
"""

import os

os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = "1"

import gzip
import subprocess
import sys
import tempfile
import time

import numpy as np
import torch
from torch import nn

TRAINED, TESTED, FOLDER = 10_000, 10_000, "/usr/share/datasets/fashion-mnist/"


def read(part, rows):
    with gzip.open(f"{FOLDER}{part}-images-idx3-ubyte.gz") as file:
        images = np.frombuffer(file.read(), np.uint8, offset=16).reshape(-1, 784)[:rows]
    with gzip.open(f"{FOLDER}{part}-labels-idx1-ubyte.gz") as file:
        labels = np.frombuffer(file.read(), np.uint8, offset=8)[:rows]
    return images.astype(np.float32) / 255, labels.astype(np.int64)


def ours(program, train, test):
    with tempfile.NamedTemporaryFile() as file:
        for images, labels in (train, test):
            file.write(np.column_stack([images, labels.astype(np.float32)]).astype(np.float32).tobytes())
        file.flush()
        command = [program, file.name, str(TRAINED), str(TESTED)]
        lines = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    return [float(line) for line in lines[:-1]], float(lines[-1])


def theirs(train, test):
    torch.set_num_threads(1)
    torch.manual_seed(1)
    network = nn.Sequential(nn.Conv2d(1, 32, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(32, 64, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
                            nn.Flatten(), nn.Linear(64 * 49, 128), nn.ReLU(), nn.Dropout(0.5), nn.Linear(128, 10))
    images, labels = torch.from_numpy(train[0]).reshape(-1, 1, 28, 28), torch.from_numpy(train[1])
    optimiser, loss, seconds = torch.optim.Adam(network.parameters()), nn.CrossEntropyLoss(), []
    for _ in range(3):
        begin = time.process_time()
        order = torch.randperm(TRAINED)
        for batch in order.split(64):
            optimiser.zero_grad()
            loss(network(images[batch]), labels[batch]).backward()
            optimiser.step()
        seconds.append(time.process_time() - begin)
    with torch.no_grad():
        network.eval()
        given = network(torch.from_numpy(test[0]).reshape(-1, 1, 28, 28)).argmax(1)
    return seconds, float((given == torch.from_numpy(test[1])).float().mean())


def main():
    train, test = read("train", TRAINED), read("t10k", TESTED)
    times = {"ours": [], "PyTorch": []}
    for _ in range(3):  # in turns, so that what else runs on the machine disturbs both
        for name, run in (("ours", lambda: ours(sys.argv[1], train, test)), ("PyTorch", lambda: theirs(train, test))):
            seconds, accuracy = run()
            times[name].append(sum(seconds))
            print(f"{name:8} {' '.join(f'{s:6.2f}' for s in seconds)} s an epoch   accuracy {accuracy:.4f}", flush=True)
    print(f"ours over PyTorch's, the shortest of three: {min(times['ours']) / min(times['PyTorch']):.3f}")


main()

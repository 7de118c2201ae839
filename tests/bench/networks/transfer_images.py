#!/usr/bin/python3
"""Transfer between pictures: a network that has learnt Fashion-MNIST's classes 0 to 4, on classes 5 to 9 of which few rows are known.

usage: tests/bench/networks/transfer_images.py MLPC [ROWS_PER_CLASS…]

For 20, 100 and 500 rows a class and five seeds (rows, weights): test accuracy on the 5,000 test pictures of the five classes, from scratch, with
the network frozen before a logistic regression, and fine-tuned whole. Prints means and half the 95 % intervals.
"""

import gzip
import json
import math
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np

FOLDER = Path("/usr/share/datasets/fashion-mnist")
STUDENT_95 = {3: 4.303, 5: 2.776, 10: 2.262}
LAYERS = """  image(28, 28, 1)
  rescale(0.00392156862745098)
  conv(16, kernel: 3) -> batch_norm -> relu -> max_pool(2)
  conv(32, kernel: 3) -> batch_norm -> relu -> max_pool(2)
  flatten
  dense(64) -> relu
"""
DATA = """edition 1

seeds {seed}

data clothes = csv("{train}") {{
  matching "pixel_.*": numeric
  label:               category target
}}

split clothes {{
  test "{test}"
}}
"""
PRETRAIN = DATA + """
network base {{
""" + LAYERS + """  train adam(rate: 1e-3) {{
    epochs 4
    batch  64
  }}
}}

evaluate base {{
  metrics accuracy
}}

save base "base.mlpm"
"""
TRANSFER = DATA + """
source known = saved("base.mlpm") {{
  trained on "Fashion-MNIST, classes 0 to 4"
  licence    "MIT"
}}

network fresh {{
""" + LAYERS + """  train adam(rate: 1e-3) {{
    epochs 20
    batch  32
  }}
}}

model scratch = fresh
model frozen  = known -> scale(standard) -> logistic(C: 0.1)
model tuned   = fine_tune(known, unfreeze: all, rate: 1e-3, epochs: 20, stop_early: none)

evaluate {model} {{
  metrics accuracy
}}
"""


def read(name):
    with gzip.open(FOLDER / f"{name}-images-idx3-ubyte.gz") as file:
        x = np.frombuffer(file.read(), np.uint8, offset=16).reshape(-1, 784)
    with gzip.open(FOLDER / f"{name}-labels-idx1-ubyte.gz") as file:
        return x, np.frombuffer(file.read(), np.uint8, offset=8)


def write(path, x, y):
    header = ",".join([f"pixel_{i}" for i in range(784)] + ["label"])
    np.savetxt(path, np.column_stack([x, y]), fmt="%d", delimiter=",", header=header, comments="")


def accuracy(mlpc, folder, text):
    (folder / "e.mlp").write_text(text, encoding="utf-8")
    done = subprocess.run([mlpc, "run", "e.mlp", "--format", "json"], cwd=folder, capture_output=True, text=True, check=False)
    if not done.stdout:
        sys.exit(done.stderr)
    scores = json.loads(done.stdout)["searches"][0]["seeds"][0]["test_scores"]
    return scores["accuracy"] if isinstance(scores, dict) else scores[0]["value"]


def main():
    mlpc = str(Path(sys.argv[1]).resolve())
    sizes = [int(n) for n in sys.argv[2:]] or [20, 100, 500]
    seeds = range(1, 6)
    x, y = read("train")
    test_x, test_y = read("t10k")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / ".mlpc").mkdir()
        low, low_test = y < 5, test_y < 5
        write(folder / "low.csv", x[low][:15_000], y[low][:15_000])
        write(folder / "low_test.csv", test_x[low_test][:2_000], test_y[low_test][:2_000])
        write(folder / "test.csv", test_x[~low_test], test_y[~low_test])
        print("pre-trained", accuracy(mlpc, folder, PRETRAIN.format(seed=1, train="low.csv", test="low_test.csv")), flush=True)
        for rows in sizes:
            found = {}
            for seed in seeds:
                draw = np.random.default_rng(seed)
                chosen = np.concatenate([draw.choice(np.flatnonzero(y == c), rows, replace=False) for c in range(5, 10)])
                draw.shuffle(chosen)
                write(folder / "few.csv", x[chosen], y[chosen])
                for model in ("scratch", "frozen", "tuned"):
                    text = TRANSFER.format(seed=seed, train="few.csv", test="test.csv", model=model)
                    found.setdefault(model, []).append(accuracy(mlpc, folder, text))
            for model, values in found.items():
                half = STUDENT_95[len(values)] * statistics.stdev(values) / math.sqrt(len(values))
                print(json.dumps({"rows_per_class": rows, "model": model, "accuracy": round(statistics.mean(values), 4), "half_interval": round(half, 4)}),
                      flush=True)


if __name__ == "__main__":
    main()

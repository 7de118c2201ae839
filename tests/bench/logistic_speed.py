"""CPU time of logistic regression, scikit-learn's over ours, on the same rows: logistic_speed.py PROGRAM.

PROGRAM is the target logistic_speed: cmake --build build/release --target logistic_speed
"""

import os

os.environ["OPENBLAS_NUM_THREADS"] = "1"
os.environ.setdefault("OPENBLAS_CORETYPE", "SkylakeX" if "avx512f" in open("/proc/cpuinfo").read() else "Haswell")

import subprocess
import sys
import tempfile
import time
import warnings

import numpy as np
from sklearn.linear_model import LogisticRegression

warnings.simplefilter("ignore")
STRENGTHS = (0.01, 0.1, 1.0, 10.0, 100.0)


def sample(rows, columns, classes):
    rng = np.random.default_rng(columns)
    x = rng.normal(size=(rows, columns)) @ (np.eye(columns) + 0.3 * rng.normal(size=(columns, columns)))
    x = (x - x.mean(axis=0)) / x.std(axis=0)
    scores = x @ rng.normal(size=(columns, classes)) / np.sqrt(columns) * 2 + rng.gumbel(size=(rows, classes))
    return np.asfortranarray(x), np.argmax(scores, axis=1)


def best_seconds(fit):
    times = []
    for _ in range(3):
        begin = time.process_time()
        fit()
        times.append(time.process_time() - begin)
    return min(times)


def measure(program, rows, columns, classes):
    x, y = sample(rows, columns, classes)
    with tempfile.NamedTemporaryFile() as file:
        file.write(x.tobytes("F"))
        file.write(y.astype(float).tobytes())
        file.flush()
        command = [program, file.name, str(rows), str(columns), *map(str, STRENGTHS)]
        ours = [float(line) for line in subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()]
    x = np.ascontiguousarray(x)
    theirs = [best_seconds(lambda: LogisticRegression(C=C, max_iter=10_000).fit(x, y)) for C in STRENGTHS]
    for C, a, b in zip(STRENGTHS, ours, theirs):
        print(f"{rows} x {columns}, {classes} classes, C = {C:<6} ours {a * 1e3:8.2f} ms   scikit-learn {b * 1e3:8.2f} ms   ratio {b / a:6.1f}")
    print(f"{rows} x {columns}, {classes} classes, all        ratio {sum(theirs) / sum(ours):6.1f}", flush=True)


for shape in ((16_000, 20, 2), (16_000, 60, 2), (16_000, 100, 2), (16_000, 20, 5)):
    measure(sys.argv[1], *shape)

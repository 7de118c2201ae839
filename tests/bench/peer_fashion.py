#!/usr/bin/env python3
"""The search of examples/fashion_mnist.mlp by scikit-learn: the same grid, two stratified folds under each of two seeds, the test images once.

The first argument is the folder of the four IDX files (examples/data/fashion_mnist after ./setup data), the second as peer.py says. Prints for
each seed the best cross-validated accuracy, the winner's on the test images, and the CPU seconds used so far.
"""
import gzip
import json
from pathlib import Path

import peer
import numpy as np
from sklearn.decomposition import PCA
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GridSearchCV, StratifiedKFold
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import StandardScaler


def idx(name, skipped):
    return np.frombuffer(gzip.open(Path(peer.PATH) / name).read(), dtype=np.uint8, offset=skipped)


def part(name):
    labels = idx(f"{name}-labels-idx1-ubyte.gz", 8)
    return idx(f"{name}-images-idx3-ubyte.gz", 16).reshape(len(labels), -1).astype(float), labels


train, test = part("train"), part("t10k")
chain = Pipeline([("pca", PCA(50)), ("scale", "passthrough"), ("model", KNeighborsClassifier())])
grid = [
    {"model": [KNeighborsClassifier()], "model__n_neighbors": [3, 5, 9]},
    {"scale": [StandardScaler()], "model": [LogisticRegression(C=0.1, max_iter=1000)]},
]
for seed in (1, 2):
    chain.set_params(pca__random_state=seed)
    folds = StratifiedKFold(2, shuffle=True, random_state=seed)
    search = GridSearchCV(chain, grid, scoring="accuracy", cv=folds, n_jobs=peer.JOBS).fit(*train)
    print(json.dumps({"seed": seed, "best_score": search.best_score_, "test": search.score(*test), "cpu_seconds": round(peer.cpu_seconds(), 1)}), flush=True)

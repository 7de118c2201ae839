#!/usr/bin/env python3
"""The grid of svm_grid.mlp by scikit-learn; arguments as peer.py says."""
import peer
from sklearn.svm import SVC

GRID = {"C": [0.1, 1.0, 10.0, 100.0, 1000.0, 10000.0], "gamma": [1e-5, 1e-4, 3e-4, 1e-3, 3e-3, 1e-2]}

X, _, y, folds = peer.load()
peer.search(SVC(), GRID, "accuracy", X, y, folds)

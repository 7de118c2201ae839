#!/usr/bin/env python3
"""The grid of knn_grid.mlp by scikit-learn; arguments as peer.py says."""
import peer
from sklearn.neighbors import KNeighborsClassifier

GRID = {"n_neighbors": [1, 3, 5, 9, 15, 25, 40, 60], "weights": ["uniform", "distance"]}

X, _, y, folds = peer.load()
peer.search(KNeighborsClassifier(algorithm="brute"), GRID, "roc_auc", X, y, folds)

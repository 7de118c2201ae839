#!/usr/bin/env python3
"""The grid of forest_grid.mlp by scikit-learn; arguments as peer.py says."""
import peer
from sklearn.ensemble import RandomForestClassifier

GRID = {"n_estimators": [25, 50, 75, 100], "max_depth": [8, 16, 24], "min_samples_leaf": [1, 5]}

X, _, y, folds = peer.load()
peer.search(RandomForestClassifier(random_state=1), GRID, "roc_auc", X, y, folds)

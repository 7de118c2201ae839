#!/usr/bin/env python3
"""The grid of boosted_grid.mlp by scikit-learn; arguments as peer.py says."""
import peer
from sklearn.ensemble import HistGradientBoostingClassifier

GRID = {"max_iter": [50, 100, 150, 200], "learning_rate": [0.05, 0.1], "max_leaf_nodes": [15, 31, 63]}

X, _, y, folds = peer.load()
peer.search(HistGradientBoostingClassifier(early_stopping=False, random_state=1), GRID, "roc_auc", X, y, folds)

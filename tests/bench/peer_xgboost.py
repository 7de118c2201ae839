#!/usr/bin/env python3
"""The grid of xgboost_grid.mlp by XGBoost's own scikit-learn interface (Debian: python3-xgboost); arguments as peer.py says."""
import peer
from xgboost import XGBClassifier

GRID = {"n_estimators": [50, 100, 150, 200], "learning_rate": [0.05, 0.1], "max_depth": [4, 6, 8]}

X, _, y, folds = peer.load()
peer.search(XGBClassifier(tree_method="hist", n_jobs=peer.THREADS, random_state=1), GRID, "roc_auc", X.astype("float32"), y, folds)

#!/usr/bin/env python3
"""The nested cross-validation of nested.mlp by scikit-learn; arguments as peer.py says.

The outer folds are cut at random on both sides, so that their mean scores agree within what the cut allows; the best score is that of the
search over all rows, on the given folds.
"""
from peer import JOBS, load, report  # before numpy

from sklearn.decomposition import PCA
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GridSearchCV, PredefinedSplit, StratifiedKFold
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import StandardScaler

GRID = {"pca__n_components": [5, 10, 15, 20], "model__C": [0.01, 0.1, 1.0, 10.0, 100.0]}


def searched(X, y, folds):
    steps = [("impute", SimpleImputer(strategy="median")), ("scale", StandardScaler()), ("pca", PCA(svd_solver="full"))]
    pipeline = Pipeline([*steps, ("model", LogisticRegression(max_iter=1000))])
    return GridSearchCV(pipeline, GRID, scoring="roc_auc", cv=PredefinedSplit(folds), n_jobs=JOBS).fit(X, y)


def main():
    X, _, y, folds = load()
    best = searched(X, y, folds)
    cuts = StratifiedKFold(5, shuffle=True, random_state=1).split(X, y)
    outer = [searched(X[train], y[train], folds[train]).score(X[held], y[held]) for train, held in cuts]
    report(best.best_score_, {**{name.split("__")[-1]: str(value) for name, value in best.best_params_.items()}, "outer_mean": sum(outer) / len(outer)})


main()

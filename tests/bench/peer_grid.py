#!/usr/bin/env python3
"""The grid of grid_569.mlp or grid_20000.mlp by scikit-learn's GridSearchCV on the same given folds.

usage: peer_grid.py FILE.csv JOBS
Prints best score, best parameters, wall and CPU seconds (user and system, worker processes included) as JSON. Categories are loaded as
numbers in one matrix, and PCA is the full decomposition: the fastest forms for scikit-learn, whose automatic choice of a randomized
solver took three to six times as long on these shapes. One BLAS thread a process.
"""
import os
import time

START = time.perf_counter()
for variable in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[variable] = "1"

import csv
import json
import resource
import sys

import numpy as np
import sklearn
import threadpoolctl
from joblib.externals.loky import get_reusable_executor
from sklearn.compose import ColumnTransformer
from sklearn.decomposition import PCA
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GridSearchCV, PredefinedSplit
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import MinMaxScaler, OneHotEncoder, RobustScaler, StandardScaler

POSITIVE = {"diagnosis": "malignant", "bought": "yes"}


def codes_of(texts):
    code = {text: float(i) for i, text in enumerate(sorted(set(texts) - {""}))}
    return [code.get(text, np.nan) for text in texts]


def numbers_of(texts):
    return [float(text) if text else np.nan for text in texts]


def load(path):
    """Features, the positions of the categorical ones, target and folds."""
    with open(path, newline="") as file:
        header, *rows = csv.reader(file)
    columns = dict(zip(header, zip(*rows)))
    folds = np.array([int(fold[1:]) for fold in columns.pop("fold")])
    target = next(name for name in POSITIVE if name in columns)
    y = np.array([text == POSITIVE[target] for text in columns.pop(target)], dtype=int)
    categorical = [i for i, name in enumerate(columns) if name.startswith("level_")]
    cells = [codes_of(texts) if i in categorical else numbers_of(texts) for i, texts in enumerate(columns.values())]
    return np.array(cells).T.copy(), categorical, y, folds


def pipeline(columns, categorical):
    numeric = Pipeline([("impute", SimpleImputer(strategy="median")), ("scale", StandardScaler()), ("pca", PCA(svd_solver="full"))])
    category = Pipeline([("impute", SimpleImputer(strategy="most_frequent")), ("one_hot", OneHotEncoder(handle_unknown="ignore"))])
    branches = [("numeric", numeric, [c for c in range(columns) if c not in categorical])]
    if categorical:
        branches.append(("category", category, categorical))
    return Pipeline([("prep", ColumnTransformer(branches)), ("model", LogisticRegression(max_iter=1000))])


GRID = {
    "prep__numeric__scale": [StandardScaler(), MinMaxScaler(), RobustScaler()],
    "prep__numeric__pca__n_components": [5, 10, 15, 20],
    "model__C": [0.01, 0.1, 1.0, 10.0, 100.0],
}


def cpu_seconds():
    usages = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def main():
    path, jobs = sys.argv[1], int(sys.argv[2])
    X, categorical, y, folds = load(path)
    search = GridSearchCV(pipeline(X.shape[1], categorical), GRID, scoring="roc_auc", cv=PredefinedSplit(folds), n_jobs=jobs, refit=False)
    search.fit(X, y)
    if jobs > 1:
        get_reusable_executor().shutdown(wait=True)  # only processes that have ended count as used CPU time
    blas = [f"{pool['internal_api']} {pool['version']} {pool.get('architecture', '')}" for pool in threadpoolctl.threadpool_info() if pool["user_api"] == "blas"]
    json.dump(
        {
            "best_score": search.best_score_,
            "best_params": {name.split("__")[-1]: str(value) for name, value in search.best_params_.items()},
            "jobs": jobs,
            "wall_seconds": round(time.perf_counter() - START, 3),
            "cpu_seconds": round(cpu_seconds(), 3),
            "scikit_learn": sklearn.__version__,
            "blas": blas or ["netlib reference BLAS"],
            "openblas_coretype": os.environ.get("OPENBLAS_CORETYPE", "automatic"),
        },
        sys.stdout,
    )
    print()


main()

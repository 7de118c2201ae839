#!/usr/bin/env python3
"""The grid of grid_569.mlp or grid_20000.mlp by scikit-learn; arguments as peer.py says.

Categories are loaded as numbers in one matrix, and PCA is the full decomposition: the fastest forms for scikit-learn, whose automatic
choice of a randomized solver took three to six times as long on these shapes.
"""
import peer
from sklearn.compose import ColumnTransformer
from sklearn.decomposition import PCA
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import MinMaxScaler, OneHotEncoder, RobustScaler, StandardScaler


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

X, categorical, y, folds = peer.load()
peer.search(pipeline(X.shape[1], categorical), GRID, "roc_auc", X, y, folds)

#!/usr/bin/env python3
"""The searches of search_mixed.mlp, search_credit.mlp and search_digits.mlp by Optuna over scikit-learn: the same table, folds, spaces,
number of trials and goal; TPESampler and, after each fold, MedianPruner, both as they come.

usage: peer_search.py FILE.csv JOBS NAME SEED [TRIALS]   JOBS as peer.py says; the search itself takes one trial after the other

Prints peer.py's JSON, and `course`: the best score so far and the CPU seconds used, after each trial.
"""
import sys

import peer  # sets the threads of numpy before it is imported

import warnings

import numpy as np
import optuna
from sklearn.compose import ColumnTransformer
from sklearn.decomposition import PCA
from sklearn.ensemble import HistGradientBoostingClassifier, RandomForestClassifier
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score, roc_auc_score
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import MinMaxScaler, OneHotEncoder, RobustScaler, StandardScaler
from sklearn.svm import SVC

NAME, SEED = sys.argv[3], int(sys.argv[4])
TRIALS = int(sys.argv[5]) if len(sys.argv) > 5 else 100
SCALERS = {"standard": StandardScaler, "minmax": MinMaxScaler, "robust": RobustScaler, "none": lambda: "passthrough"}

optuna.logging.set_verbosity(optuna.logging.ERROR)
warnings.filterwarnings("ignore")


def table_pipeline(trial, columns, categorical):
    scale = SCALERS[trial.suggest_categorical("scale", ["standard", "minmax", "robust"])]()
    numeric = Pipeline([("impute", SimpleImputer(strategy="median")), ("scale", scale)])
    category = Pipeline([("impute", SimpleImputer(strategy="most_frequent")), ("one_hot", OneHotEncoder(handle_unknown="ignore", sparse_output=False))])
    return ColumnTransformer([("numeric", numeric, [c for c in range(columns) if c not in categorical]), ("category", category, categorical)])


def table_model(trial):
    kind = trial.suggest_categorical("model", ["logit", "forest", "boost"])
    if kind == "logit":
        return LogisticRegression(C=trial.suggest_float("C", 1e-3, 1e2, log=True), max_iter=1000)
    if kind == "forest":
        return RandomForestClassifier(
            n_estimators=50 if NAME == "mixed" else 100,
            max_depth=trial.suggest_int("depth", 3, 12 if NAME == "mixed" else 20),
            min_samples_leaf=trial.suggest_int("min_leaf", 1, 20, log=True),
            max_features=trial.suggest_categorical("features", ["sqrt", "log2"]),
            n_jobs=peer.JOBS,
            random_state=SEED,
        )
    return HistGradientBoostingClassifier(
        max_iter=trial.suggest_int("rounds", 20, 200, log=True),
        learning_rate=trial.suggest_float("rate", 0.02, 0.5, log=True),
        max_leaf_nodes=trial.suggest_int("max_leaves", 4, 64, log=True),
        early_stopping=False,
        random_state=SEED,
    )


def digits_pipeline(trial):
    scale = SCALERS[trial.suggest_categorical("scale", ["standard", "minmax", "none"])]()
    with_pca = trial.suggest_categorical("pca", [True, False])
    pca = PCA(trial.suggest_int("components", 10, 60), svd_solver="full") if with_pca else "passthrough"
    return Pipeline([("scale", scale), ("pca", pca)])


def digits_model(trial):
    kind = trial.suggest_categorical("model", ["logit", "near", "rbf"])
    if kind == "logit":
        return LogisticRegression(C=trial.suggest_float("C", 1e-3, 1e1, log=True), max_iter=1000)
    if kind == "near":
        return KNeighborsClassifier(trial.suggest_int("k", 1, 15))
    return SVC(C=trial.suggest_float("svm_C", 1e-1, 1e3, log=True), gamma=trial.suggest_float("gamma", 1e-5, 1e0, log=True))


def score(fitted, X, y):
    if NAME == "digits":
        return accuracy_score(y, fitted.predict(X))
    return roc_auc_score(y, fitted.predict_proba(X)[:, 1])


def objective(trial, X, categorical, y, folds):
    prep = digits_pipeline(trial) if NAME == "digits" else table_pipeline(trial, X.shape[1], categorical)
    pipeline = Pipeline([("prep", prep), ("model", digits_model(trial) if NAME == "digits" else table_model(trial))])
    scores = []
    for fold in np.unique(folds):
        scored = folds == fold
        pipeline.fit(X[~scored], y[~scored])
        scores.append(score(pipeline, X[scored], y[scored]))
        trial.report(float(np.mean(scores)), len(scores) - 1)
        if len(scores) < len(np.unique(folds)) and trial.should_prune():
            raise optuna.TrialPruned()
    return float(np.mean(scores))


def main():
    X, categorical, y, folds = peer.load()
    study = optuna.create_study(direction="maximize", sampler=optuna.samplers.TPESampler(seed=SEED), pruner=optuna.pruners.MedianPruner())
    course = []

    def record(study, trial):
        complete = [t.value for t in study.trials if t.state == optuna.trial.TrialState.COMPLETE]
        course.append([round(peer.cpu_seconds(), 3), max(complete, default=None)])

    study.optimize(lambda trial: objective(trial, X, categorical, y, folds), n_trials=TRIALS, callbacks=[record])
    peer.report(study.best_value, study.best_params, course=course)


main()

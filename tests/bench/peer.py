"""What the peer scripts share: threads, the table with its given folds, a grid search, and its result as JSON.

A peer is started as `NAME.py FILE.csv VARIANT`. VARIANT is JOBS or JOBSxTHREADS: worker processes of GridSearchCV, and OpenMP threads in
each (1 where not given); BLAS has one thread in every process. Import this before numpy, so that the libraries see their threads.
"""
import os
import sys
import time

START = time.perf_counter()
PATH = sys.argv[1]
JOBS, THREADS = map(int, (sys.argv[2].split("x") + ["1"])[:2])
os.environ["OPENBLAS_NUM_THREADS"] = os.environ["MKL_NUM_THREADS"] = "1"
os.environ["OMP_NUM_THREADS"] = str(THREADS)

import csv
import json
import resource

import numpy as np
import sklearn
import threadpoolctl
from joblib.externals.loky import get_reusable_executor
from sklearn.model_selection import GridSearchCV, PredefinedSplit

POSITIVE = {"diagnosis": "malignant", "bought": "yes", "label": "yes", "class": "bad"}
NUMBER_TARGETS = ["amount", "digit"]


def codes_of(texts):
    code = {text: float(i) for i, text in enumerate(sorted(set(texts) - {""}))}
    return [code.get(text, np.nan) for text in texts]


def numbers_of(texts):
    return [float(text) if text else np.nan for text in texts]


def is_number(text):
    try:
        float(text)
    except ValueError:
        return False
    return True


def load():
    """Features, the positions of the categorical ones, target and folds. The first target named above is used, the others are dropped."""
    with open(PATH, newline="") as file:
        header, *rows = csv.reader(file)
    columns = dict(zip(header, zip(*rows)))
    folds = np.array([int(fold[1:]) for fold in columns.pop("fold")])
    targets = {name: columns.pop(name) for name in [*POSITIVE, *NUMBER_TARGETS] if name in columns}
    target, texts = next(iter(targets.items()))
    y = np.array([text == POSITIVE[target] for text in texts], dtype=int) if target in POSITIVE else np.array(texts, dtype=float)
    categorical = [i for i, texts in enumerate(columns.values()) if not is_number(next(filter(None, texts)))]
    cells = [codes_of(texts) if i in categorical else numbers_of(texts) for i, texts in enumerate(columns.values())]
    return np.array(cells).T.copy(), categorical, y, folds


def search(estimator, grid, scoring, X, y, folds):
    """GridSearchCV on the given folds, without the refit that mlpc does not do either in these experiments."""
    found = GridSearchCV(estimator, grid, scoring=scoring, cv=PredefinedSplit(folds), n_jobs=JOBS, refit=False)
    found.fit(X, y)
    report(abs(found.best_score_), {name.split("__")[-1]: str(value) for name, value in found.best_params_.items()})


def cpu_seconds():
    usages = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def report(best_score, best_params, **more):
    """Prints the result with wall and CPU seconds (user and system, worker processes included) as JSON."""
    if JOBS > 1:
        get_reusable_executor().shutdown(wait=True)  # only processes that have ended count as used CPU time
    blas = [f"{pool['internal_api']} {pool['version']} {pool.get('architecture', '')}" for pool in threadpoolctl.threadpool_info() if pool["user_api"] == "blas"]
    json.dump(
        {
            "best_score": best_score,
            "best_params": best_params,
            "jobs": JOBS,
            "threads": THREADS,
            "wall_seconds": round(time.perf_counter() - START, 3),
            "cpu_seconds": round(cpu_seconds(), 3),
            "scikit_learn": sklearn.__version__,
            "blas": blas or ["netlib reference BLAS"],
            "openblas_coretype": os.environ.get("OPENBLAS_CORETYPE", "automatic"),
            **more,
        },
        sys.stdout,
    )
    print()

"""Reference values of the metrics by scikit-learn on random rows, as JSON: inputs and scores of each case."""
import json
import sys

import numpy as np
from sklearn import metrics


def probabilities(rng, rows, classes, ties):
    p = rng.dirichlet(np.ones(classes), size=rows)
    if ties:
        p = np.round(p * 4) + 1
        p /= p.sum(axis=1, keepdims=True)
    return p


def classification(rng, rows, classes, ties, weighted):
    y = np.concatenate([np.arange(classes), rng.integers(0, classes, rows - classes)])
    p = probabilities(rng, rows, classes, ties)
    w = rng.uniform(0.1, 3.0, rows) if weighted else None
    hat = p.argmax(axis=1)
    scores = {
        "accuracy": metrics.accuracy_score(y, hat, sample_weight=w),
        "balanced_accuracy": metrics.balanced_accuracy_score(y, hat, sample_weight=w),
        "mcc": metrics.matthews_corrcoef(y, hat, sample_weight=w),
        "log_loss": metrics.log_loss(y, p, sample_weight=w),
    }
    averages = ["macro", "micro", "weighted"] + (["binary"] if classes == 2 else [])
    for average in averages:
        for name in ("precision", "recall", "f1"):
            score = getattr(metrics, name + "_score")
            scores[f"{name} {average}"] = score(y, hat, average=average, sample_weight=w, zero_division=0)
    if classes == 2:
        scores["roc_auc"] = metrics.roc_auc_score(y, p[:, 1], sample_weight=w)
    else:
        scores["roc_auc"] = float(np.mean([metrics.roc_auc_score(y == c, p[:, c], sample_weight=w) for c in range(classes)]))
        if not weighted:
            assert abs(scores["roc_auc"] - metrics.roc_auc_score(y, p, multi_class="ovr")) < 1e-12
    return {
        "classes": classes,
        "labels": y.tolist(),
        "probabilities": p.tolist(),
        "weights": w.tolist() if weighted else [],
        "confusion": metrics.confusion_matrix(y, hat, sample_weight=w).tolist(),
        "scores": scores,
    }


def regression(rng, rows, weighted):
    y = rng.normal(10, 3, rows)
    hat = y + rng.normal(0.3, 1, rows)
    w = rng.uniform(0.1, 3.0, rows) if weighted else None
    return {
        "values": y.tolist(),
        "predicted": hat.tolist(),
        "weights": w.tolist() if weighted else [],
        "scores": {
            "rmse": metrics.mean_squared_error(y, hat, sample_weight=w, squared=False),
            "mae": metrics.mean_absolute_error(y, hat, sample_weight=w),
            "r2": metrics.r2_score(y, hat, sample_weight=w),
        },
    }


rng = np.random.default_rng(20)
classifications = [
    classification(rng, rows, classes, ties, weighted)
    for classes in (2, 3, 5)
    for rows in (12, 80)
    for ties in (False, True)
    for weighted in (False, True)
]
regressions = [regression(rng, rows, weighted) for rows in (5, 100) for weighted in (False, True)]
json.dump({"classification": classifications, "regression": regressions}, sys.stdout)

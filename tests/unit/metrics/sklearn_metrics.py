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


def calibration_error(y, p, w, bins):
    confidence, right = p.max(axis=1), p.argmax(axis=1) == y
    w = np.ones(len(y)) if w is None else w
    edges = np.linspace(0, 1, bins + 1)
    gap = 0
    for low, high in zip(edges[:-1], edges[1:]):
        inside = (confidence > low) & (confidence <= high)
        if inside.any():
            gap += w[inside].sum() * abs(np.average(confidence[inside], weights=w[inside]) - np.average(right[inside], weights=w[inside]))
    return float(gap / w.sum())


def weighted_precision(y, p, w):
    classes = range(p.shape[1])
    return float(np.average([metrics.average_precision_score(y == c, p[:, c], sample_weight=w) for c in classes],
                            weights=[w[y == c].sum() for c in classes]))


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
    scores["error_rate"] = metrics.zero_one_loss(y, hat, sample_weight=w)
    for average in averages:
        options = {"average": average, "sample_weight": w, "zero_division": 0}
        scores[f"f_beta beta=2 average={average}"] = metrics.fbeta_score(y, hat, beta=2, **options)
        scores[f"jaccard {average}"] = metrics.jaccard_score(y, hat, **options)
    for c in range(classes):
        options = {"labels": [c], "average": "macro", "sample_weight": w, "zero_division": 0}
        for name in ("precision", "recall", "f1"):
            scores[f"{name} class=c{c}"] = getattr(metrics, name + "_score")(y, hat, **options)
        scores[f"specificity class=c{c}"] = metrics.recall_score(y != c, hat != c, sample_weight=w)
        scores[f"roc_auc class=c{c}"] = metrics.roc_auc_score(y == c, p[:, c], sample_weight=w)
        scores[f"pr_auc class=c{c}"] = metrics.average_precision_score(y == c, p[:, c], sample_weight=w)
    for weights in ("linear", "quadratic"):
        scores[f"kappa {weights}"] = metrics.cohen_kappa_score(y, hat, weights=weights, sample_weight=w)
    scores["kappa"] = metrics.cohen_kappa_score(y, hat, sample_weight=w)
    scores["ece"] = calibration_error(y, p, w, 10)
    scores["ece 4"] = calibration_error(y, p, w, 4)
    shares = np.average(np.eye(classes)[y], axis=0, weights=w)
    of_shares = metrics.log_loss(y, np.tile(shares, (rows, 1)), sample_weight=w)
    scores["d2_log_loss"] = 1 - metrics.log_loss(y, p, sample_weight=w) / of_shares
    if classes == 2:
        scores["brier"] = metrics.brier_score_loss(y, p[:, 1], sample_weight=w)
        scores["pr_auc"] = metrics.average_precision_score(y, p[:, 1], sample_weight=w)
        for limit in (0.1, 0.5):
            scores[f"roc_auc max_fpr={limit}"] = metrics.roc_auc_score(y, p[:, 1], sample_weight=w, max_fpr=limit)
    else:
        scores["brier"] = float(np.average(((p - np.eye(classes)[y]) ** 2).sum(axis=1), weights=w))
        for average in ("macro", "weighted"):
            scores[f"pr_auc {average}"] = metrics.average_precision_score(np.eye(classes)[y], p, average=average, sample_weight=w) \
                if average == "macro" or not weighted else weighted_precision(y, p, w)
            if not weighted:
                scores[f"roc_auc {average}"] = metrics.roc_auc_score(y, p, multi_class="ovr", average=average)
                scores[f"roc_auc against=each average={average}"] = metrics.roc_auc_score(y, p, multi_class="ovo", average=average)
        if not ties:
            for k in range(1, classes):
                scores[f"top_k {k}"] = metrics.top_k_accuracy_score(y, p, k=k, sample_weight=w, labels=range(classes))
    return {
        "classes": classes,
        "labels": y.tolist(),
        "probabilities": p.tolist(),
        "weights": w.tolist() if weighted else [],
        "confusion": metrics.confusion_matrix(y, hat, sample_weight=w).tolist(),
        "scores": scores,
    }


def regression(rng, rows, weighted):
    y = np.abs(rng.normal(10, 3, rows)) + 0.1
    hat = np.abs(y + rng.normal(0.3, 1, rows)) + 0.1
    w = rng.uniform(0.1, 3.0, rows) if weighted else None
    return {
        "values": y.tolist(),
        "predicted": hat.tolist(),
        "weights": w.tolist() if weighted else [],
        "scores": {
            "rmse": metrics.mean_squared_error(y, hat, sample_weight=w, squared=False),
            "mae": metrics.mean_absolute_error(y, hat, sample_weight=w),
            "r2": metrics.r2_score(y, hat, sample_weight=w),
            "mse": metrics.mean_squared_error(y, hat, sample_weight=w),
            "mape": metrics.mean_absolute_percentage_error(y, hat, sample_weight=w),
            "smape": float(np.average(2 * np.abs(hat - y) / (np.abs(hat) + np.abs(y)), weights=w)),
            "msle": metrics.mean_squared_log_error(y, hat, sample_weight=w),
            "rmsle": metrics.mean_squared_log_error(y, hat, sample_weight=w, squared=False),
            "median_absolute_error": metrics.median_absolute_error(y, hat, sample_weight=w),
            "max_error": metrics.max_error(y, hat),
            "explained_variance": metrics.explained_variance_score(y, hat, sample_weight=w),
            "poisson_deviance": metrics.mean_poisson_deviance(y, hat, sample_weight=w),
            "gamma_deviance": metrics.mean_gamma_deviance(y, hat, sample_weight=w),
            **{f"tweedie_deviance {power}": metrics.mean_tweedie_deviance(y, hat, power=power, sample_weight=w)
               for power in (-1, 0, 1, 1.5, 2, 3)},
            **{f"d2_tweedie {power}": metrics.d2_tweedie_score(y, hat, power=power, sample_weight=w) for power in (0, 1, 1.5, 2)},
            **{f"pinball {q}": metrics.mean_pinball_loss(y, hat, alpha=q, sample_weight=w) for q in (0.1, 0.5, 0.9)},
            **{f"d2_pinball {q}": metrics.d2_pinball_score(y, hat, alpha=q, sample_weight=w) for q in (0.1, 0.5, 0.9)},
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

"""What Optuna's pruners decide on given learning curves, scipy's signed-rank test on given differences, and a race by scipy's t."""

import json
import sys
import warnings

import optuna
import numpy as np
from scipy.stats import t as student, wilcoxon

warnings.simplefilter("ignore")
optuna.logging.set_verbosity(optuna.logging.ERROR)


def pruned_at(pruner, curves, steps):
    """The rung at which each trial in turn is pruned; the number of rungs where it is not."""
    study = optuna.create_study(pruner=pruner)
    ends = []
    for curve in curves:
        trial = study.ask()
        end = len(curve)
        for rung, value in enumerate(curve):
            trial.report(float("nan") if value is None else value, steps[rung])
            if trial.should_prune() and rung + 1 < len(curve):
                end = rung
                break
        if end == len(curve):
            study.tell(trial, curve[-1])
        else:
            study.tell(trial, state=optuna.trial.TrialState.PRUNED)
        ends.append(end)
    return ends


def raced(trials, chance):
    """After how many folds each trial ends that will be better than the best with less than this chance (README of stdlib: `race`)."""
    ends, whole = [], []
    for folds in np.asarray(trials):
        end = folds.size
        for seen in range(1, folds.size):
            if not whole:
                break
            whole.sort(key=np.mean)
            apart = [np.var(other - whole[0], ddof=1) for other in whole[1:len(whole) // 2 + 1]]
            own = folds[:seen] - whole[0][:seen]
            freedom = (folds.size - 1) * len(apart) + seen - 1
            if freedom == 0:
                continue
            spread = ((folds.size - 1) * sum(apart) + seen * np.var(own)) / freedom
            to_come = folds.size - seen
            # (seen * own + to_come * X) / all, where X - own has the variance of a mean of those to come and of one of those seen
            error = np.sqrt(spread * (1 / to_come + 1 / seen)) * to_come / folds.size
            if student.sf(own.mean() / error, freedom) < chance:
                end = seen
                break
        if end == folds.size:
            whole.append(folds)
        ends.append(end)
    return ends


given = json.load(sys.stdin)
print(json.dumps({
    "percentile": [
        pruned_at(
            optuna.pruners.PercentilePruner(100 * p["keep"], p["startup"], p["warmup"], n_min_trials=p["least_trials"]),
            given["curves"], range(1000)) for p in given["percentile"]
    ],
    "halving": [
        pruned_at(
            optuna.pruners.SuccessiveHalvingPruner(1, p["eta"], bootstrap_count=p["startup"]),
            [curve[:p["rungs"]] for curve in given["curves"]], [p["eta"]**i for i in range(p["rungs"])]) for p in given["halving"]
    ],
    "raced": [raced(trials, chance) for trials, chance in given["raced"]],
    "wilcoxon": [wilcoxon(d, alternative="greater", zero_method="zsplit").pvalue for d in given["differences"]],
}))

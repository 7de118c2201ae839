"""What Optuna's pruners decide on given learning curves, and scipy's signed-rank test on given differences."""

import json
import sys
import warnings

import optuna
from scipy.stats import wilcoxon

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
    "wilcoxon": [wilcoxon(d, alternative="greater", zero_method="zsplit").pvalue for d in given["differences"]],
}))

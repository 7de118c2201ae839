"""Optuna's fANOVA of the points on standard input, {"names", "points", "values"} in [0, 1], as JSON on standard output."""

import json
import os
import sys

os.environ["OMP_NUM_THREADS"] = "1"  # threads that wait for each other spin on a busy machine

try:
    import optuna
except ImportError:
    print("null")
    sys.exit(0)

given = json.load(sys.stdin)
distributions = {name: optuna.distributions.FloatDistribution(0, 1) for name in given["names"]}
study = optuna.create_study()
for point, value in zip(given["points"], given["values"]):
    params = dict(zip(given["names"], point))
    study.add_trial(optuna.trial.create_trial(params=params, distributions=distributions, value=value))
evaluator = optuna.importance.FanovaImportanceEvaluator(seed=0)
print(json.dumps(dict(optuna.importance.get_param_importances(study, evaluator=evaluator))))

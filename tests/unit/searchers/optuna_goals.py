"""Which trials of several goals Optuna's TPE takes for good, and their weights: of each case [position, weight] by position; null without Optuna."""

import json
import sys

task = json.load(sys.stdin)
try:
    import numpy as np
    from optuna.samplers._tpe.sampler import _calculate_weights_below_for_multi_objective, _split_observation_pairs
except ImportError:
    print("null")
    sys.exit()


def good_trials(case):
    scores = [(-float("inf"), values) for values in case["values"]]
    below, _ = _split_observation_pairs(scores, case["good"], case["violations"])
    return sorted(zip(below.tolist(), _calculate_weights_below_for_multi_objective(scores, below, case["violations"]).tolist()))


print(json.dumps([good_trials(case) for case in task]))

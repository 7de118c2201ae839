#!/usr/bin/python3
"""Optuna on the functions of search_quality, the same spaces, seeds, noise and number of trials; lines of the same form.

usage: search_quality_peer.py SEARCH_QUALITY FILE SEEDS SAMPLERS [FUNCTION...]   SAMPLERS: "tpe;tpe_multivariate", see search_peer.py

Lines are appended to FILE as they are found; what stands there already is not searched again.
"""
import json
import sys
import time

import optuna
import search_peer


def minimise(functions, described, sampler, seed):
    dimensions = described["dimensions"]
    conditional = any(dimension["conditions"] for dimension in dimensions)
    study = optuna.create_study(sampler=search_peer.SAMPLERS[sampler](seed, conditional))

    def objective(trial):
        return functions.value(described["function"], seed, trial.number, search_peer.suggest_point(trial, dimensions))

    study.optimize(objective, n_trials=described["trials"])
    return study


def measure(functions, described, sampler, seed):
    begin = time.process_time()
    study = minimise(functions, described, sampler, seed)
    return {
        "side": f"optuna {optuna.__version__}",
        "method": sampler,
        "function": described["function"],
        "seed": seed,
        "trials": len(study.trials),
        "best": study.best_value,
        "seconds": round(time.process_time() - begin, 6),
    }


def key_of(line):
    return line["method"], line["function"], line["seed"]


def main():
    program, path, seeds, samplers, *names = sys.argv[1:]
    functions = search_peer.Functions(program)
    with open(path, "a+") as file:
        file.seek(0)
        known = {key_of(json.loads(line)) for line in file}
        for sampler in samplers.split(";"):
            for described in functions.describe(names):
                for seed in range(1, int(seeds) + 1):
                    if (sampler, described["function"], seed) not in known:
                        file.write(json.dumps(measure(functions, described, sampler, seed)) + "\n")
                        file.flush()


main()

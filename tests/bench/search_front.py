#!/usr/bin/python3
"""The front of ZDT1 in five dimensions: the hypervolume below (1.1, 6) by our methods and by Optuna's samplers.

usage: search_front.py SEARCH_QUALITY SEEDS [TRIALS]      200 trials where nothing is given

The whole front has 6.267. Medians over seeds, quartiles beside them, and the time of a search.
"""
import json
import statistics
import subprocess
import sys
import time
import warnings

import optuna
from optuna.samplers import NSGAIISampler, TPESampler

optuna.logging.set_verbosity(optuna.logging.ERROR)
warnings.filterwarnings("ignore")

OURS = "tpe; tpe(variant: independent); tpe(variant: multivariate); nsga2; random"
THEIRS = {
    "tpe": lambda seed: TPESampler(seed=seed),
    "tpe_multivariate": lambda seed: TPESampler(seed=seed, multivariate=True),
    "nsga2": lambda seed: NSGAIISampler(seed=seed),
}
DIMENSIONS, REFERENCE = 5, (1.1, 6)
TRIALS = int(sys.argv[3]) if len(sys.argv) > 3 else 200


def zdt1(trial):
    x = [trial.suggest_float(f"x{i}", 0, 1) for i in range(DIMENSIONS)]
    g = 1 + 9 * sum(x[1:]) / (len(x) - 1)
    return x[0], g * (1 - (x[0] / g) ** 0.5)


def hypervolume(points):
    volume, least = 0.0, REFERENCE[1]
    for first, second in sorted(points):
        if first < REFERENCE[0] and second < least:
            volume += (REFERENCE[0] - first) * (least - second)
            least = second
    return volume


def peer(sampler, seed):
    begin = time.process_time()
    study = optuna.create_study(directions=["minimize", "minimize"], sampler=THEIRS[sampler](seed))
    study.optimize(zdt1, n_trials=TRIALS)
    volume = hypervolume([trial.values for trial in study.trials])
    return {"side": f"optuna {optuna.__version__}", "method": sampler, "seed": seed, "hypervolume": volume, "seconds": time.process_time() - begin}


def main():
    program, seeds = sys.argv[1], int(sys.argv[2])
    lines = [json.loads(line) for line in subprocess.run([program, "front", str(seeds), OURS, str(TRIALS)], check=True, capture_output=True, text=True).stdout.splitlines()]
    lines += [peer(sampler, seed) for sampler in THEIRS for seed in range(1, seeds + 1)]
    runs = {}
    for line in lines:
        runs.setdefault(f"{line['side']} {line['method']}", []).append(line)
    print("| method | hypervolume | quartiles | s a search |\n|---|---|---|---|")
    for name, of in runs.items():
        low, middle, high = statistics.quantiles([line["hypervolume"] for line in of], n=4)
        print(f"| {name} | {middle:.4f} | {low:.4f} – {high:.4f} | {statistics.median(line['seconds'] for line in of):.3g} |")


main()

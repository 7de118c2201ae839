#!/usr/bin/python3
"""CPU time of a proposal in ten dimensions: ours and, in the same run, Optuna's samplers with their in-memory storage.

usage: search_overhead.py SEARCH_OVERHEAD [TRIALS]   (1000; gp has half as many)

On both sides the whole search's CPU time less that of the function. Optuna's part takes about a minute for its independent TPE and two for the multivariate one.
"""
import json
import subprocess
import sys
import time

import optuna
import search_peer

DIMENSIONS = 10
OURS = {"tpe": 1, "cma_es": 1, "gp": 0.5, "random": 1}
PEERS = {"tpe": ["tpe", "tpe_multivariate"], "cma_es": ["cma_es"]}
TARGETS = {"tpe": 0.5, "cma_es": 0.1}


def ours(program, trials, method):
    result = subprocess.run([program, str(trials), method], capture_output=True, text=True)
    return json.loads(result.stdout) if result.returncode == 0 else None


def peer(trials, sampler):
    """Milliseconds per proposal; the sum of squares costs next to nothing."""
    study = optuna.create_study(sampler=search_peer.SAMPLERS[sampler](1, False))
    begin = time.process_time()
    study.optimize(lambda trial: sum(trial.suggest_float(f"x{d}", -5, 5) ** 2 for d in range(DIMENSIONS)), n_trials=trials)
    return 1e3 * (time.process_time() - begin) / trials


def main():
    program = sys.argv[1]
    trials = int(sys.argv[2]) if len(sys.argv) > 2 else 1000
    for method, share in OURS.items():
        measured = ours(program, int(trials * share), method)
        if measured is None:
            print(f"{method}: not measured, it does not run")
            continue
        target = f" (target {TARGETS[method]})" if method in TARGETS else ""
        print(f"{method}: {measured['milliseconds_per_proposal']:.4f} ms a proposal{target}, {measured['seconds']:.2f} s for {measured['trials']} trials")
        for sampler in PEERS.get(method, []):
            milliseconds = peer(trials, sampler)
            ratio = milliseconds / measured["milliseconds_per_proposal"]
            print(f"  optuna {optuna.__version__} {sampler}: {milliseconds:.2f} ms, ratio {ratio:.0f} (target 100)", flush=True)


main()

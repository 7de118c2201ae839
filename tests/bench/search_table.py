#!/usr/bin/env python3
"""Tables of what search_quality and search_quality_peer.py measured.

usage: search_table.py SEARCH_QUALITY FILE...   FILE: lines of JSON

Published functions: medians over seeds of simple regret (best value less optimum) beside the target; then how many comparisons our `tpe`
wins: each published function against each Optuna TPE by medians, and each function of Hyperopt's acceptance against its published value.
Medians that are equal are ties and count on neither side.

BBOB: regret of the median seed divided by that of random search with the same budget on the same instances, at least 0.001, so that one
function that is solved exactly does not pay for others; their geometric mean is the normalised regret (random = 1), decided before the
first measurement. The arithmetic mean stands beside it.
"""
import json
import math
import statistics
import subprocess
import sys
from collections import defaultdict

LEAST_RATIO = 1e-3
NORMALISED_REGRET_TARGET = 0.128
HYPEROPT = ["quadratic1", "q1_lognormal", "distractor", "gauss_wave", "gauss_wave2", "n_arms", "many_dists", "hyperopt_branin"]


def read(paths):
    """(function, column) -> list of best values; a column is a method of one side."""
    runs = defaultdict(dict)
    for path in paths:
        with open(path) as file:
            for line in map(json.loads, filter(str.strip, file)):
                column = line["method"] if line["side"] == "mlpc" else f"{line['side']} {line['method']}"
                runs[line["function"], column][line["seed"]] = line["best"]
    ours = {seed for (_, column), by_seed in runs.items() if not column.startswith("optuna") for seed in by_seed}
    return {key: [best for seed, best in by_seed.items() if seed in ours] for key, by_seed in runs.items() if ours & set(by_seed)}


def describe(program, functions):
    lines = subprocess.run([program, "describe", *functions], check=True, capture_output=True, text=True).stdout.splitlines()
    return {described["function"]: described for described in map(json.loads, lines)}


def columns_of(runs, functions):
    return list(dict.fromkeys(column for function, column in runs if function in functions))


def print_table(header, rows):
    print("| " + " | ".join(header) + " |")
    print("|" + "---|" * len(header))
    for row in rows:
        print("| " + " | ".join(row) + " |")
    print()


def published_table(runs, described):
    columns = columns_of(runs, described)
    rows = []
    for function, about in described.items():
        cells = [f"{statistics.median(runs[function, c]) - about['optimum']:.3g}" if (function, c) in runs else "—" for c in columns]
        ours = [c for c in columns if not c.startswith("optuna") and (function, c) in runs]
        best = min((statistics.median(runs[function, c]) for c in ours), default=math.inf)
        verdict = "met" if best <= about["target"] else "missed"
        rows.append([f"{function}@{about['trials']}", f"{about['target'] - about['optimum']:.3g}", *cells, verdict])
    print_table(["regret", "target", *columns, "best of ours"], rows)


def comparisons(runs, described, ours):
    """Triples of a function, an opponent and by how much our median lies below."""
    for function, about in described.items():
        if (function, ours) not in runs:
            continue
        median = statistics.median(runs[function, ours])
        for opponent in columns_of(runs, [function]):
            if opponent.startswith("optuna") and "tpe" in opponent:
                yield function, opponent, statistics.median(runs[function, opponent]) - median
        if function in HYPEROPT:
            yield function, "hyperopt's acceptance", about["target"] - median


def print_comparisons(runs, described, ours):
    outcomes = list(comparisons(runs, described, ours))
    wins = [o for o in outcomes if o[2] > 0]
    losses = [o for o in outcomes if o[2] < 0]
    if not wins + losses:
        return
    print(f"{ours}: {len(wins)} of {len(wins) + len(losses)} comparisons won (9 in 10 wanted), {len(outcomes) - len(wins + losses)} ties")
    for function, opponent, difference in losses:
        print(f"  lost: {function} against {opponent}, by {-difference:.3g}")
    print()


def bbob_table(runs, described):
    columns = [c for c in columns_of(runs, described) if c != "random"]
    ratios = defaultdict(list)
    by_group = defaultdict(list)
    rows = []
    for function, about in described.items():
        if (function, "random") not in runs:
            continue
        by_chance = statistics.median(runs[function, "random"])
        cells = []
        for column in columns:
            if (function, column) not in runs:
                cells.append("—")
                continue
            ratio = max(LEAST_RATIO, statistics.median(runs[function, column]) / by_chance)
            ratios[column].append(ratio)
            by_group[column, about["group"]].append(ratio)
            cells.append(f"{ratio:.3f}")
        rows.append([function, about["title"], f"{by_chance:.3g}", *cells])
    print_table(["function", "title", "random's regret", *columns], rows)
    groups = list(dict.fromkeys(about["group"] for about in described.values()))
    means = [[group, *(f"{geometric(by_group[c, group]):.3f}" for c in columns)] for group in groups]
    means.append([f"all, geometric (≤ {NORMALISED_REGRET_TARGET})", *(f"{geometric(ratios[c]):.3f}" for c in columns)])
    means.append(["all, arithmetic", *(f"{statistics.mean(ratios[c]):.3f}" if ratios[c] else "—" for c in columns)])
    print_table(["group, geometric mean", *columns], means)


def geometric(ratios):
    return statistics.geometric_mean(ratios) if ratios else math.nan


def main():
    program, *paths = sys.argv[1:]
    runs = read(paths)
    functions = list(dict.fromkeys(function for function, _ in runs))
    published = [f for f in functions if not f.startswith("bbob_")]
    bbob = sorted((f for f in functions if f.startswith("bbob_")), key=lambda f: int(f[5:]))
    if published:
        described = describe(program, published)
        published_table(runs, described)
        for ours in columns_of(runs, published):
            if ours.startswith("tpe"):
                print_comparisons(runs, described, ours)
    if bbob:
        bbob_table(runs, describe(program, bbob))


main()

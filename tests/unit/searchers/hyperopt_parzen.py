"""What Hyperopt's own functions say of candidates: below_llik - above_llik, as in build_posterior, less that of the first candidate.

Debian has no Hyperopt, so its numbers are kept: hyperopt_parzen.py PATH/TO/hyperopt/tpe.py >hyperopt_parzen.json, whenever a case is added.
Only the functions named below are taken from that file. What is drawn from the priors is rounded, so that it stands in the file as it is.
Of a bounded logarithmic prior Hyperopt leaves out what lies beyond the bounds, which is the same for all candidates.
"""

import ast
import json
import sys

import numpy as np
from scipy.special import erf

NAMES = [
    "GMM1_lpdf", "LGMM1_lpdf", "adaptive_parzen_normal", "categorical_lpdf", "linear_forgetting_weights", "logsum_rows", "lognormal_cdf",
    "lognormal_lpdf", "normal_cdf", "tpe_cat_pseudocounts"
]


def functions_of(path):
    tree = ast.parse(open(path).read())
    kept = [node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name in NAMES]
    for node in kept:
        node.decorator_list = []
    names = {"np": np, "erf": erf, "old_div": lambda a, b: a / b, "EPS": 1e-12, "DEFAULT_LF": 25}
    exec(compile(ast.Module(kept, []), path, "exec"), names)
    return names


# Integers and the members of an ordered set own half a step to either side.
AXES = [
    {"kind": "real", "prior": "uniform", "low": -5, "high": 10},
    {"kind": "real", "prior": "log", "low": 1e-4, "high": 1e2},
    {"kind": "real", "prior": "normal", "mean": 4, "sd": 7},
    {"kind": "real", "prior": "lognormal", "mean": -2, "sd": 2},
    {"kind": "integer", "prior": "uniform", "low": 0, "high": 8},
    {"kind": "integer", "prior": "log", "low": 1, "high": 500},
    {"kind": "integer", "prior": "normal", "mean": 0, "sd": 5},
    {"kind": "choice", "choices": 4},
]
COUNTS = [(1, 0), (0, 3), (2, 18), (3, 40), (25, 60)]


def draw(axis, count, rng):
    if axis["kind"] == "choice":
        return rng.integers(0, axis["choices"], count).astype(float)
    if axis["prior"] in ("normal", "lognormal"):
        values = rng.normal(axis["mean"], axis["sd"], count)
    else:
        ends = np.array([axis["low"], axis["high"]])
        values = rng.uniform(*(np.log(ends) if axis["prior"] == "log" else ends), count)
    values = np.exp(values) if axis["prior"].startswith("log") else values
    return np.round(values) + 0.0 if axis["kind"] == "integer" else np.array([float(f"{v:.6g}") for v in values])


def log_density(hyperopt, axis, observed, asked, prior_weight):
    if axis["kind"] == "choice":
        weights = hyperopt["linear_forgetting_weights"](len(observed), 25)
        counts = np.bincount(observed.astype(int), weights=weights, minlength=axis["choices"])
        prior = np.full(axis["choices"], 1 / axis["choices"])
        return hyperopt["categorical_lpdf"](asked.astype(int), hyperopt["tpe_cat_pseudocounts"](counts, prior_weight, prior, (1,)))
    logarithmic = axis["prior"].startswith("log")
    step = 1 if axis["kind"] == "integer" else None
    ends = {}
    if "low" in axis:
        ends = {"low": axis["low"] - (step or 0) / 2, "high": axis["high"] + (step or 0) / 2}
        ends = {name: np.log(end) for name, end in ends.items()} if logarithmic else ends
        centre, width = (ends["low"] + ends["high"]) / 2, ends["high"] - ends["low"]
    else:
        centre, width = axis["mean"], axis["sd"]
    places = np.log(observed) if logarithmic else observed
    kernels = hyperopt["adaptive_parzen_normal"](places, prior_weight, centre, width)
    return hyperopt["LGMM1_lpdf" if logarithmic else "GMM1_lpdf"](asked, *kernels, q=step, **ends)


def main():
    hyperopt = functions_of(sys.argv[1])
    numpy_argsort = np.argsort
    np.argsort = lambda values: numpy_argsort(values, kind="stable")  # which of equal observations comes first is left open there
    rng = np.random.default_rng(7)
    cases = []
    for axis in AXES:
        for below, above in COUNTS:
            good, others, asked = (draw(axis, count, rng) for count in (below, above, 8))
            weight = 2.5 if below == 2 else 1.0
            scores = log_density(hyperopt, axis, good, asked, weight) - log_density(hyperopt, axis, others, asked, weight)
            cases.append({
                "axis": axis, "prior_weight": weight, "below": good.tolist(), "above": others.tolist(), "asked": asked.tolist(),
                "scores": [float(f"{s:.12g}") for s in scores - scores[0]]
            })
    print("[" + ",\n ".join(json.dumps(case) for case in cases) + "]")


main()

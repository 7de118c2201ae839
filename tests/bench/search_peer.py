"""What the peers of search share: a space of search_quality as Optuna suggests it, its values by asking that program, and samplers by name."""
import json
import subprocess
import warnings

import optuna
from optuna.samplers import CmaEsSampler, RandomSampler, TPESampler
from scipy.special import ndtri

optuna.logging.set_verbosity(optuna.logging.ERROR)
warnings.filterwarnings("ignore")

# The name says which options differ from Optuna's own.
SAMPLERS = {
    "random": lambda seed, conditional: RandomSampler(seed=seed),
    "tpe": lambda seed, conditional: TPESampler(seed=seed),
    "tpe_multivariate": lambda seed, conditional: TPESampler(seed=seed, multivariate=True, group=conditional),
    "cma_es": lambda seed, conditional: CmaEsSampler(seed=seed),
}


class Functions:
    """The functions of tests/reference, by a process of search_quality."""

    def __init__(self, program):
        self.program = program
        self.process = subprocess.Popen([program, "serve"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1)

    def describe(self, names):
        lines = subprocess.run([self.program, "describe", *names], check=True, capture_output=True, text=True).stdout.splitlines()
        return [json.loads(line) for line in lines]

    def value(self, function, seed, evaluation, point):
        question = {"function": function, "seed": seed, "evaluation": evaluation, "point": point}
        self.process.stdin.write(json.dumps(question) + "\n")
        return float(self.process.stdout.readline())


def is_active(dimension, point):
    """Values of choices are their indices."""
    return all(point[c["dimension"]] in c["choices"] for c in dimension["conditions"])


def suggest(trial, dimension):
    """One dimension, by the same prior; Optuna has no normal ones, so that a share of the prior is suggested and looked up."""
    name, kind, prior = dimension["name"], dimension["kind"], dimension["prior"]
    if kind == "choice":
        return trial.suggest_categorical(name, list(range(dimension["choices"])))
    if prior in ("normal", "lognormal"):
        value = dimension["mean"] + dimension["sd"] * ndtri(trial.suggest_float(name, 1e-9, 1 - 1e-9))
        value = float(2.718281828459045**value if prior == "lognormal" else value)
        return round(value) if kind == "integer" else value
    if kind == "integer":
        return trial.suggest_int(name, int(dimension["low"]), int(dimension["high"]), log=prior == "log")
    return trial.suggest_float(name, dimension["low"], dimension["high"], log=prior == "log")


def suggest_point(trial, dimensions):
    point = []
    for dimension in dimensions:
        point.append(suggest(trial, dimension) if is_active(dimension, point) else None)
    return point

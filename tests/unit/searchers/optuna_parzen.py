"""What Optuna's Parzen estimators say of given points: the log density after given observations.

Optuna 3.1.0 leaves the logarithm of the scale out of its own truncated normal (later versions have it): scipy's stands for it.
Equal observations are taken in their order, which numpy's usual sort leaves open.
"""

import json
import sys
import warnings

import numpy as np
import optuna
from optuna.distributions import CategoricalDistribution, FloatDistribution, IntDistribution
from optuna.samplers._tpe import parzen_estimator
from optuna.samplers._tpe.parzen_estimator import _ParzenEstimator, _ParzenEstimatorParameters
from optuna.samplers._tpe.sampler import default_weights
from scipy.stats import truncnorm

warnings.simplefilter("ignore")
optuna.logging.set_verbosity(optuna.logging.ERROR)
parzen_estimator.truncnorm.logpdf = truncnorm.logpdf
numpy_argsort = np.argsort
parzen_estimator.np.argsort = lambda values: numpy_argsort(values, kind="stable")


def distribution(axis):
    if axis["kind"] == "choice":
        return CategoricalDistribution(list(range(axis["choices"])))
    if axis["kind"] == "integer":
        return IntDistribution(int(axis["low"]), int(axis["high"]), log=axis["log"])
    return FloatDistribution(axis["low"], axis["high"], log=axis["log"], step=axis["step"])


def columns(rows, names):
    return {name: np.array([row[i] for row in rows], dtype=float) for i, name in enumerate(names)}


def log_densities(case):
    names = [f"x{i}" for i in range(len(case["axes"]))]
    parameters = _ParzenEstimatorParameters(True, case["prior_weight"], True, False, default_weights, case["multivariate"])
    estimator = _ParzenEstimator(
        columns(case["observed"], names), {name: distribution(axis) for name, axis in zip(names, case["axes"])}, parameters)
    points = columns(case["asked"], names)
    for name, axis in zip(names, case["axes"]):
        if axis["kind"] == "choice":
            points[name] = points[name].astype(int)
    return estimator.log_pdf(points).tolist()


print(json.dumps([log_densities(case) for case in json.load(sys.stdin)]))

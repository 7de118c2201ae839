"""Gaussian processes by scikit-learn with fixed and with tuned covariances, as JSON: inputs and predictions."""
import json
import sys
import warnings

import numpy as np
from sklearn.gaussian_process import GaussianProcessClassifier, GaussianProcessRegressor
from sklearn.gaussian_process.kernels import RBF, ConstantKernel, Matern, WhiteKernel

warnings.filterwarnings("ignore")
rng = np.random.default_rng(5)
SHAPES = {"rbf": lambda length: RBF(length), "matern32": lambda length: Matern(length, nu=1.5), "matern52": lambda length: Matern(length, nu=2.5)}


def regression(kernel, weighted):
    x, test = rng.normal(size=(60, 3)), rng.normal(size=(20, 3))
    y = np.sin(x[:, 0]) + 0.5 * x[:, 1] + rng.normal(0, 0.1, 60)
    w = rng.uniform(0.5, 2, 60) if weighted else np.ones(60)
    # With row weights the mean and spread of y are weighted ones.
    mean = np.average(y, weights=w)
    sd = np.sqrt(np.average((y - mean) ** 2, weights=w))
    shape = ConstantKernel(1.7) * SHAPES[kernel](1.3)
    model = GaussianProcessRegressor(shape, alpha=0.05 / w + 1.7e-10, optimizer=None).fit(x, (y - mean) / sd)
    return {"x": x.tolist(), "y": y.tolist(), "weights": w.tolist(), "test": test.tolist(), "classes": 0,
            "params": {"kernel": kernel, "length": 1.3, "variance": 1.7, "noise": 0.05, "tune": False},
            "expected": (mean + sd * model.predict(test)).tolist()}


def classification(kernel, classes):
    x, test = rng.normal(size=(70, 2)), rng.normal(size=(20, 2))
    y = np.digitize(x[:, 0] + 0.6 * x[:, 1] ** 2 + rng.normal(0, 0.3, 70), np.linspace(-0.5, 1.2, classes - 1)) if classes > 2 else \
        (x[:, 0] + 0.6 * x[:, 1] ** 2 + rng.normal(0, 0.3, 70) > 0.4).astype(int)
    model = GaussianProcessClassifier(ConstantKernel(2.0) * SHAPES[kernel](0.9), optimizer=None).fit(x, y)
    return {"x": x.tolist(), "y": y.tolist(), "weights": None, "test": test.tolist(), "classes": classes,
            "params": {"kernel": kernel, "length": 0.9, "variance": 2.0, "tune": False},
            "expected": model.predict_proba(test).tolist()}


def tuned_regression():
    x, test = rng.uniform(-3, 3, size=(80, 2)), rng.uniform(-3, 3, size=(200, 2))
    def truth(z): return np.sin(2 * z[:, 0]) + 0.1 * z[:, 1]
    y = truth(x) + rng.normal(0, 0.1, 80)
    kernel = ConstantKernel(1.0) * Matern([1.0, 1.0], nu=2.5) + WhiteKernel(0.1)
    model = GaussianProcessRegressor(kernel, normalize_y=True, n_restarts_optimizer=2, random_state=0).fit(x, y)
    return {"x": x.tolist(), "y": y.tolist(), "weights": None, "test": test.tolist(), "classes": 0,
            "params": {"kernel": "matern52", "lengths": "per_column"},
            "truth": truth(test).tolist(), "error": float(np.mean((model.predict(test) - truth(test)) ** 2) ** 0.5)}


def tuned_classification():
    x, test = rng.normal(size=(120, 2)), rng.normal(size=(400, 2))
    def truth(z): return (z[:, 0] ** 2 + z[:, 1] ** 2 > 1.4).astype(int)
    model = GaussianProcessClassifier(ConstantKernel(1.0) * RBF(1.0), random_state=0).fit(x, truth(x))
    return {"x": x.tolist(), "y": truth(x).tolist(), "weights": None, "test": test.tolist(), "classes": 2, "params": {"kernel": "rbf"},
            "truth": truth(test).tolist(), "error": float(np.mean(model.predict(test) != truth(test)))}


json.dump({
    "fixed": [regression(k, w) for k in SHAPES for w in (False, True)] + [classification(k, c) for k in SHAPES for c in (2, 3)],
    "tuned": [tuned_regression(), tuned_classification()],
}, sys.stdout)

"""Prints JSON: what scikit-learn and scipy make of the Gaussian process and the tails that searchers with a surrogate use."""
import json

import numpy as np
from scipy import integrate, special, stats
from sklearn.gaussian_process import GaussianProcessRegressor
from sklearn.gaussian_process.kernels import ConstantKernel, Matern

LENGTHS, VARIANCE, LEVEL_VARIANCE, NOISE = [0.3, 0.7, 1.9], 1.7, 1, 1e-3


def process():
    rng = np.random.default_rng(3)
    rows, points = rng.random((25, 3)), rng.random((10, 3))
    values = np.sin(5 * rows[:, 0]) + rows[:, 1] ** 2 + 0.1 * rng.normal(size=25)
    kernel = ConstantKernel(VARIANCE) * Matern(length_scale=LENGTHS, nu=2.5) + ConstantKernel(LEVEL_VARIANCE)
    model = GaussianProcessRegressor(kernel, alpha=NOISE, optimizer=None).fit(rows, values)
    silent = GaussianProcessRegressor(kernel, alpha=NOISE, optimizer=None).fit(rows, 0 * values)
    means, deviations = model.predict(points, return_std=True)
    return {"rows": rows.tolist(), "values": values.tolist(), "points": points.tolist(), "means": means.tolist(),
            "deviations": deviations.tolist(), "lengths": LENGTHS, "variance": VARIANCE, "noise": NOISE,
            "log_likelihood_gain": model.log_marginal_likelihood_value_ - silent.log_marginal_likelihood_value_}


def log_improvement(z):
    # h(z) = φ(z) ∫ s exp(z s - s²/2) ds over s > 0: no two terms cancel.
    scale = 1 / max(1.0, -z)
    integral, _ = integrate.quad(lambda u: u * np.exp(z * u * scale - (u * scale) ** 2 / 2), 0, 60 + 10 * max(z, 0), epsabs=0, epsrel=1e-12, limit=500)
    return stats.norm.logpdf(z) + np.log(integral * scale ** 2)


TAILS = [-1e6, -1e4, -300, -40, -12, -5, -3.01, -2.99, -1, -0.1, 0, 0.5, 2, 4.9, 5.1]
print(json.dumps({
    "process": process(),
    "tails": [{"z": z, "log_cdf": special.log_ndtr(z), "log_improvement": log_improvement(z)} for z in TAILS],
    "beta": [{"x": x, "a": a, "b": b, "share": stats.beta.cdf(x, a, b)}
             for x in (0, 0.001, 0.3, 0.77, 0.9999, 1) for a, b in ((1, 1), (0.2, 3), (5, 0.5), (20, 20))],
}))

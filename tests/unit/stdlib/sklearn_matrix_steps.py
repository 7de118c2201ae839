"""Reference results of the steps that make new columns of sums of old ones, as JSON: cases with input, call and output."""
import json
import sys
import warnings

import numpy as np
from sklearn.datasets import load_breast_cancer, load_digits
from sklearn.decomposition import NMF, FastICA, KernelPCA, TruncatedSVD
from sklearn.preprocessing import StandardScaler

warnings.filterwarnings("ignore")
cases = []
rng = np.random.default_rng(3)


def table(matrix):
    return np.asarray(matrix, dtype=float).T.tolist()


def case(step, train, test, output, within, **params):
    cases.append({"step": step, "params": params, "train": table(train), "test": table(test), "output": table(output), "tolerance": within})


def signed(vectors):
    """Of each column plus or minus one, so that its entry of largest magnitude becomes positive."""
    return np.sign(vectors[np.abs(vectors).argmax(axis=0), range(vectors.shape[1])])


scaled = StandardScaler().fit_transform(load_breast_cancer().data)
digits = load_digits().data
wide = rng.normal(size=(30, 90))
for train, test, k in ((scaled[:300], scaled[300:340], 7), (digits[:500], digits[500:540], 20), (wide[:20], wide[20:], 5)):
    svd = TruncatedSVD(k, algorithm="arpack").fit(train)
    case("svd", train, test, svd.transform(test) * signed(svd.components_.T), 1e-7, components=k)

for kernel, gamma, coef0 in (("rbf", 0.05, 1), ("rbf", None, 1), ("poly", 0.02, 1), ("linear", None, 1), ("sigmoid", 0.005, 0.5)):
    pca = KernelPCA(4, kernel=kernel, gamma=gamma, degree=3, coef0=coef0, eigen_solver="dense").fit(scaled[:120])
    output = pca.transform(scaled[120:160]) * signed(pca.eigenvectors_)
    params = {"kernel": kernel, "coef0": float(coef0), "components": 4} | ({"gamma": gamma} if gamma else {})
    case("kernel_pca", scaled[:120], scaled[120:160], output, 1e-6, **params)

# A sum of three parts of twelve columns: the sketch by which scikit-learn begins is exact there.
parts = np.abs(rng.normal(size=(80, 3))) @ np.abs(rng.normal(size=(3, 12))) + 0.01 * rng.random((80, 12))
nmf = NMF(3, init="nndsvda", tol=1e-8, max_iter=3000).fit(parts[:60])
case("nmf", parts[:60], parts[60:], nmf.transform(parts[60:]), 1e-3, components=3, tolerance=1e-8, iterations=3000)
counts = np.maximum(np.round(digits[:200, 10:40]), 0)
model = NMF(5, init="nndsvda").fit(counts)

sources = np.column_stack([np.sign(np.sin(np.arange(600) / 7)), rng.laplace(size=600), rng.uniform(-1, 1, 600)])
mixed = sources @ rng.normal(size=(3, 3)) + 5
ica = FastICA(3, whiten="unit-variance", random_state=0, tol=1e-8, max_iter=1000).fit_transform(mixed)

json.dump(
    {
        "cases": cases,
        "nmf_error": {"x": table(counts), "components": 5, "error": model.reconstruction_err_},
        "ica": {"x": table(mixed), "components": table(ica)},
    },
    sys.stdout,
)

"""Reference results of scikit-learn for linear_sklearn_test.cpp, as JSON on standard output: one case a model, data set and parameters."""

import json
import sys

try:
    import warnings

    import numpy as np
    from sklearn import datasets, linear_model
    from sklearn.preprocessing import StandardScaler
except ImportError as missing:
    sys.exit(f"scikit-learn is absent: {missing}")

warnings.simplefilter("ignore")
rng = np.random.default_rng(11)
cases = []


def standardised(loader):
    x, y = loader(return_X_y=True)
    return StandardScaler().fit_transform(x), y


cancer, iris, wine = (standardised(f) for f in (datasets.load_breast_cancer, datasets.load_iris, datasets.load_wine))
diabetes = standardised(datasets.load_diabetes)


def word_counts(rows=240, words=60, classes=3):
    """Counts of words, most of them zero, whose rates differ by class."""
    y = rng.integers(classes, size=rows)
    rates = rng.gamma(0.4, 0.6, size=(classes, words))
    return rng.poisson(rates[y]).astype(float), y


words = word_counts()
two_topics = word_counts(classes=2)


def row_weights(y):
    return rng.uniform(0.2, 3, size=len(y))


def add(name, model, params, fitted, data, weights=None, tolerance=1e-6, expected=None, both=False):
    """`both`: the same must come out of dense and of sparse columns."""
    x, y = data
    test = x[::7] + 0.01
    classes = 0 if np.asarray(y).dtype.kind == "f" else len(np.unique(y))
    if expected is None:
        expected = fitted.predict_proba(test) if classes else fitted.predict(test).reshape(-1, 1)
    else:
        expected = expected(test)
    cases.append(dict(name=f"{model} {name}", model=model, params=params, classes=classes, x=x.tolist(), y=np.asarray(y, float).tolist(),
                      weights=None if weights is None else weights.tolist(), test=test.tolist(), expected=np.asarray(expected, float).tolist(),
                      tolerance=tolerance, both=both))


def logistic():
    for name, data, C, balanced in (("cancer", cancer, 1.0, False), ("words", words, 0.3, False), ("two topics", two_topics, 5.0, True)):
        weights = row_weights(data[1])
        fitted = linear_model.LogisticRegression(C=C, solver="newton-cg", tol=1e-11, max_iter=500, class_weight="balanced" if balanced else None)
        add(name, "logistic", dict(C=C, class_weight="balanced" if balanced else "none"), fitted.fit(*data, weights), data, weights, both=True)


logistic()

json.dump(cases, sys.stdout)

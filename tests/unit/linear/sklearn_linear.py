"""Reference results of scikit-learn for linear_sklearn_test.cpp, as JSON on standard output: one case a model, data set and parameters."""

import json
import sys

try:
    import warnings

    import numpy as np
    from sklearn import datasets, discriminant_analysis, linear_model, naive_bayes, svm
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
digits = tuple(part[:500] for part in standardised(datasets.load_digits))
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
    mixtures = [("cancer", cancer, 1.0, False), ("words", words, 0.3, False), ("two topics", two_topics, 5.0, True)]
    mixtures += [(f"digits, C {C}", digits, C, False) for C in (0.01, 1.0, 100.0)]
    for name, data, C, balanced in mixtures:
        weights = row_weights(data[1])
        fitted = linear_model.LogisticRegression(C=C, solver="newton-cg", tol=1e-11, max_iter=500, class_weight="balanced" if balanced else None)
        add(name, "logistic", dict(C=C, class_weight="balanced" if balanced else "none"), fitted.fit(*data, weights), data, weights, both=True)


def penalised_logistic():
    for name, data, C, ratio, balanced in (("cancer", cancer, 0.3, 1, False), ("wine", wine, 0.5, 1, False), ("two topics", two_topics, 1.0, 0.4, True),
                                           ("iris", iris, 2.0, 0.6, False)):
        weights = row_weights(data[1]) if ratio < 1 else None
        fitted = linear_model.LogisticRegression(C=C, solver="saga", penalty="elasticnet", l1_ratio=ratio, tol=1e-10, max_iter=30000,
                                                 class_weight="balanced" if balanced else None).fit(*data, weights)
        params = dict(C=C, class_weight="balanced" if balanced else "none", penalty="l1" if ratio == 1 else "elastic_net", l1_ratio=float(ratio))
        add(f"{name} {params}", "logistic", params, fitted, data, weights, both=True, tolerance=1e-5)


def elastic_net():
    sparse = word_counts()[0]
    counted = sparse, sparse @ rng.normal(size=sparse.shape[1]) + rng.normal(size=len(sparse))
    for name, data, alpha, ratio in (("diabetes", diabetes, 0.5, 1), ("diabetes", diabetes, 0.1, 0.4), ("words", counted, 0.05, 1), ("words", counted, 0.02, 0.7)):
        weights = row_weights(data[1]) if ratio < 1 else None
        fitted = linear_model.ElasticNet(alpha=alpha, l1_ratio=ratio, tol=1e-12, max_iter=100000).fit(*data, weights)
        params = dict(alpha=alpha) if ratio == 1 else dict(alpha=alpha, l1_ratio=ratio)
        add(f"{name} {alpha}", "lasso" if ratio == 1 else "elastic_net", params, fitted, data, weights, both=True)


def votes(fitted):
    """Probabilities as the decision of pairs gives them: the softmax of votes and margins, or the logistic function of one margin."""

    def expected(test):
        scores = fitted.decision_function(test)
        if scores.ndim == 1:
            return np.column_stack([1 / (1 + np.exp(scores)), 1 / (1 + np.exp(-scores))])
        e = np.exp(scores - scores.max(axis=1, keepdims=True))
        return e / e.sum(axis=1, keepdims=True)

    return expected


def one_against_rest(fitted):
    """Logistic functions of the decisions, brought to the sum 1."""

    def expected(test):
        scores = fitted.decision_function(test)
        if scores.ndim == 1:
            return np.column_stack([1 / (1 + np.exp(scores)), 1 / (1 + np.exp(-scores))])
        p = 1 / (1 + np.exp(-scores))
        return p / p.sum(axis=1, keepdims=True)

    return expected


def linear_machines():
    for name, data, C, loss, balanced in (("cancer", cancer, 0.5, "squared_hinge", False), ("words", words, 0.05, "squared_hinge", False),
                                          ("wine", wine, 0.1, "hinge", False), ("two topics", two_topics, 0.02, "hinge", True)):
        # Of several classes LIBLINEAR weighs the rows of the one, and not those of the rest: balanced classes are compared where there are two.
        weights = row_weights(data[1]) if name == "two topics" else None
        fitted = svm.LinearSVC(C=C, loss=loss, tol=1e-10, max_iter=1000000, class_weight="balanced" if balanced else None).fit(*data, weights)
        params = dict(C=C, loss=loss, class_weight="balanced" if balanced else "none")
        add(f"{name} {params}", "linear_svm", params, fitted, data, weights, expected=one_against_rest(fitted), both=True, tolerance=1e-5)
    for params in (dict(C=2.0, epsilon=3.0), dict(C=0.5, epsilon=0.0, loss="squared_epsilon_insensitive")):
        fitted = svm.LinearSVR(tol=1e-10, max_iter=1000000, **params).fit(*diabetes)
        add(f"diabetes {params}", "linear_svr", params, fitted, diabetes, both=True, tolerance=1e-5)


def discriminants():
    for name, data in (("cancer", cancer), ("iris", iris), ("wine", wine)):
        for shrinkage in (None, "auto", 0.3):
            solver = "svd" if shrinkage is None else "lsqr"
            fitted = discriminant_analysis.LinearDiscriminantAnalysis(solver=solver, shrinkage=shrinkage).fit(*data)
            add(f"{name} {shrinkage}", "lda", dict(shrinkage=shrinkage or "none"), fitted, data, tolerance=1e-7)
        for regularise in (0.0, 0.2):
            fitted = discriminant_analysis.QuadraticDiscriminantAnalysis(reg_param=regularise).fit(*data)
            add(f"{name} {regularise}", "qda", dict(regularise=regularise), fitted, data, tolerance=1e-7)


def huber():
    outliers = diabetes[0], diabetes[1] + 900.0 * (rng.uniform(size=len(diabetes[1])) < 0.1)
    for name, data, epsilon, alpha in (("diabetes", diabetes, 1.35, 1e-4), ("outliers", outliers, 1.8, 5.0)):
        weights = row_weights(data[1]) if alpha > 1 else None
        fitted = linear_model.HuberRegressor(epsilon=epsilon, alpha=alpha, tol=1e-9, max_iter=20000).fit(*data, weights)
        # Its L-BFGS stops where the loss is settled to nine digits, which leaves half as many to the coefficients.
        add(name, "huber", dict(epsilon=epsilon, alpha=alpha), fitted, data, weights, tolerance=1e-4)


def support_vectors():
    for name, data, params in (("cancer", cancer, dict(C=3.0)), ("wine", wine, dict(C=0.5, gamma=0.1)), ("iris", iris, dict(kernel="poly", coef0=1.0)),
                               ("wine", wine, dict(kernel="linear", class_weight="balanced")), ("iris", iris, dict(kernel="sigmoid", gamma=0.05))):
        weights = row_weights(data[1]) if name == "iris" else None
        fitted = svm.SVC(tol=1e-9, **params).fit(*data, weights)
        ours = dict(params, tolerance=1e-9)
        add(f"{name} {params}", "svm", ours, fitted, data, weights, expected=votes(fitted), tolerance=1e-5)
    for params in (dict(C=20.0, epsilon=5.0), dict(C=2.0, kernel="linear", epsilon=0.0)):
        fitted = svm.SVR(tol=1e-9, **params).fit(*diabetes)
        add(f"diabetes {params}", "svm", dict(params, tolerance=1e-9), fitted, diabetes, tolerance=1e-5)


def count_naive_bayes():
    for model, estimator in (("multinomial_nb", naive_bayes.MultinomialNB), ("complement_nb", naive_bayes.ComplementNB), ("bernoulli_nb", naive_bayes.BernoulliNB)):
        for name, data, alpha, prior in (("words", words, 1.0, True), ("two topics", two_topics, 0.2, False)):
            weights = row_weights(data[1]) if prior else None
            params = dict(alpha=alpha, fit_prior=prior)
            add(f"{name} {alpha}", model, params, estimator(**params).fit(*data, weights), data, weights, both=True, tolerance=1e-9)


logistic()
count_naive_bayes()
penalised_logistic()
elastic_net()
linear_machines()
discriminants()
huber()
support_vectors()

json.dump(cases, sys.stdout)

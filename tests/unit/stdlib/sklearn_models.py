"""Reference results of scikit-learn for models_test.cpp, as JSON on standard output."""

import json
import sys

try:
    import warnings

    import numpy as np
    from sklearn import datasets, ensemble, linear_model, model_selection, naive_bayes, neighbors, tree
    from sklearn.preprocessing import StandardScaler
except ImportError as missing:
    sys.exit(f"scikit-learn is absent: {missing}")

warnings.simplefilter("ignore")  # "did not converge" says that digits beyond those compared are open
cases = []


def rows(x):
    return np.asarray(x, dtype=float).tolist()


def probes(columns):
    """The origin and the unit vectors: from the predictions there the coefficients can be read."""
    return np.vstack([np.zeros(columns), np.eye(columns)])


def decisions(fitted, columns):
    """Log-odds, or log-probabilities up to a number of each row, at the probes."""
    scores = fitted.decision_function(probes(columns)).reshape(columns + 1, -1)
    return rows(scores - scores.mean(axis=1, keepdims=True) if scores.shape[1] > 1 else scores)


def add(name, model, params, fitted, x, y, test, classes=0, weights=None, probed=None, tolerance=1e-8):
    expected = fitted.predict_proba(test) if classes else np.asarray(fitted.predict(test)).reshape(-1, 1)
    cases.append(dict(name=name, model=model, params=params, classes=classes, x=rows(x), y=np.asarray(y, dtype=float).tolist(),
                      weights=None if weights is None else list(weights), test=rows(test), expected=rows(expected), tolerance=tolerance,
                      probes=rows(probes(np.shape(x)[1])), decisions=probed))


def standardised(loader):
    x, y = loader(return_X_y=True)
    return StandardScaler().fit_transform(x), y


rng = np.random.default_rng(7)
cancer, iris, wine = (standardised(f) for f in (datasets.load_breast_cancer, datasets.load_iris, datasets.load_wine))
diabetes = datasets.load_diabetes(return_X_y=True)


def polish(fitted, x, y, C):
    """Newton steps from where scikit-learn's solver ran out of digits, on the same loss; in all coordinates, the shortest of the steps."""
    ones = np.hstack([x, np.ones((len(x), 1))])
    beta = np.hstack([fitted.coef_, fitted.intercept_[:, None]])
    blocks, size = beta.shape
    penalty = np.tile(np.append(np.ones(size - 1), 0.0) / C, blocks)
    for _ in range(30):
        z = ones @ beta.T
        if blocks == 1:
            p = 1 / (1 + np.exp(-z))
            hessian = ones.T @ (ones * p * (1 - p))
            gradient = (p[:, 0] - y) @ ones
        else:
            p = np.exp(z - z.max(axis=1, keepdims=True))
            p /= p.sum(axis=1, keepdims=True)
            gradient = ((p - np.eye(blocks)[y]).T @ ones).ravel()
            hessian = np.block([[ones.T @ (ones * (p[:, k] * ((k == l) - p[:, l]))[:, None]) for l in range(blocks)] for k in range(blocks)])
        step = np.linalg.lstsq(hessian + np.diag(penalty), gradient + penalty * beta.ravel(), rcond=1e-14)[0]
        beta = beta - step.reshape(beta.shape)
    fitted.coef_, fitted.intercept_ = beta[:, :-1], beta[:, -1]


def logistic(name, data, C, weights=None, balanced=False, penalty="l2"):
    x, y = data
    fitted = linear_model.LogisticRegression(C=C, solver="newton-cg", tol=1e-10, max_iter=200, penalty=penalty if penalty == "l2" else None,
                                             class_weight="balanced" if balanced else None).fit(x, y, weights)
    if C > 1e3:
        polish(fitted, x, y, C)
    params = dict(C=C, penalty=penalty, class_weight="balanced" if balanced else "none")
    add(f"logistic {name}", "logistic", params, fitted, x, y, x[::9], len(np.unique(y)), weights, decisions(fitted, x.shape[1]), 1e-6)


def logistic_cases():
    for set_name, data in dict(cancer=cancer, iris=iris, wine=wine).items():
        for C in (1e-4, 0.01, 1.0, 100.0):
            logistic(f"{set_name} C={C}", data, C)
    logistic("cancer weighted", cancer, 1.0, weights=rng.uniform(0.1, 3, len(cancer[1])))
    logistic("wine weighted", wine, 1.0, weights=rng.uniform(0.1, 3, len(wine[1])))
    logistic("cancer balanced", cancer, 0.1, balanced=True)
    logistic("wine balanced", wine, 0.1, balanced=True)
    logistic("iris C=1e4", iris, 1e4)
    logistic("cancer C=1e4", cancer, 1e4)
    noisy = rng.normal(size=(500, 6))
    two = (noisy @ np.arange(6) + rng.logistic(size=500) * 4 > 0).astype(int)
    logistic("no penalty", (noisy, two), 1.0, penalty="none")
    three = np.argmax(noisy @ rng.normal(size=(6, 3)) + rng.gumbel(size=(500, 3)) * 2, axis=1)
    logistic("no penalty, three classes", (noisy, three), 1.0, penalty="none")
    sorted_rows = np.sort(rng.normal(size=(2400, 3)), axis=0)  # a part of the rows is not like the others
    logistic("many rows", (sorted_rows, (sorted_rows[:, 0] + rng.logistic(size=2400) > 0).astype(int)), 1.0,
             weights=rng.uniform(0, 2, 2400))
    several = np.argmax(sorted_rows + rng.gumbel(size=(2400, 3)), axis=1)
    logistic("many rows, three classes", (sorted_rows, several), 10.0, balanced=True)
    wide = rng.normal(size=(60, 150))
    logistic("wide", (wide, (wide[:, 0] + rng.normal(size=60) > 0).astype(int)), 1.0)
    many = rng.normal(size=(400, 350))
    logistic("too many coefficients for Newton", (many, np.argmax(many[:, :4] + rng.gumbel(size=(400, 4)), axis=1)), 0.01)


class ShortestSolution:
    """LinearRegression cuts the rank at the rounding error and so misses it: of dependent columns its coefficients are of the order 1e16."""

    def fit(self, x, y):
        self.coefficients = np.linalg.pinv(x - x.mean(axis=0), rcond=1e-10) @ (y - y.mean())
        self.intercept = y.mean() - x.mean(axis=0) @ self.coefficients
        return self

    def predict(self, x):
        return x @ self.coefficients + self.intercept


def linear_cases():
    x, y = diabetes
    weights = rng.uniform(0.1, 3, len(y))
    add("linear", "linear", {}, linear_model.LinearRegression().fit(x, y), x, y, x[::3])
    add("linear weighted", "linear", {}, linear_model.LinearRegression().fit(x, y, weights), x, y, x[::3], weights=weights)
    twice = np.hstack([x, x[:, :3]])
    add("linear, columns twice", "linear", {}, ShortestSolution().fit(twice, y), twice, y, probes(13))
    wide = rng.normal(size=(40, 90))
    add("linear, wide", "linear", {}, ShortestSolution().fit(wide, y[:40]), wide, y[:40], probes(90))
    far = x * 1e-3 + 1e3
    add("linear, far from the origin", "linear", {}, linear_model.LinearRegression().fit(far, y), far, y, far[::3], tolerance=1e-6)
    for alpha in (1e-3, 1.0, 100.0):
        add(f"ridge alpha={alpha}", "ridge", dict(alpha=alpha), linear_model.Ridge(alpha, solver="svd").fit(x, y), x, y, probes(10))
        add(f"ridge alpha={alpha}, wide", "ridge", dict(alpha=alpha), linear_model.Ridge(alpha, solver="svd").fit(wide, y[:40]), wide, y[:40],
            probes(90))
    add("ridge weighted", "ridge", dict(alpha=0.1), linear_model.Ridge(0.1).fit(x, y, weights), x, y, probes(10), weights=weights)


def neighbour_cases():
    for set_name, (x, y) in dict(cancer=cancer, iris=iris).items():
        for k, weights in ((1, "uniform"), (7, "uniform"), (15, "distance")):
            train, test = np.arange(len(y)) % 3 != 0, np.arange(len(y)) % 3 == 0
            # Rows at equal distances are ordered by position here and by the sort's whim there: cells of a few decimals are moved apart.
            blurred = x + rng.normal(scale=1e-3, size=x.shape)
            fitted = neighbors.KNeighborsClassifier(k, weights=weights, algorithm="brute").fit(blurred[train], y[train])
            add(f"knn {set_name} k={k} {weights}", "knn", dict(k=k, weights=weights), fitted, blurred[train], y[train], x[test],
                len(np.unique(y)))
    x, y = diabetes
    for weights in ("uniform", "distance"):
        fitted = neighbors.KNeighborsRegressor(9, weights=weights, algorithm="brute").fit(x[::2], y[::2])
        add(f"knn diabetes {weights}", "knn", dict(k=9, weights=weights), fitted, x[::2], y[::2], x[1::2], tolerance=1e-7)


def bayes_cases():
    for set_name, (x, y) in dict(cancer=cancer, iris=iris, wine=wine).items():
        add(f"gaussian_nb {set_name}", "gaussian_nb", {}, naive_bayes.GaussianNB().fit(x, y), x, y, x[::3], len(np.unique(y)))
    x, y = wine
    weights = rng.uniform(0.1, 3, len(y))
    add("gaussian_nb weighted", "gaussian_nb", dict(var_smoothing=1e-3), naive_bayes.GaussianNB(var_smoothing=1e-3).fit(x, y, weights), x, y,
        x[::3], 3, weights)


def tree_case(name, model, params, data, make, classes):
    """Scores of ten seeds on five fixed folds; ours must lie among them."""
    x, y = data
    folds = [test.tolist() for _, test in model_selection.KFold(5, shuffle=True, random_state=3).split(x)]
    scores = []
    for seed in range(10):
        parts = []
        for test in folds:
            train = np.setdiff1d(np.arange(len(y)), test)
            parts.append(make(seed).fit(x[train], y[train]).score(x[test], y[test]))
        scores.append(float(np.mean(parts)))
    return dict(name=name, model=model, params=params, classes=classes, x=rows(x), y=np.asarray(y, dtype=float).tolist(), folds=folds,
                scores=scores)


def tree_cases():
    both = []
    for depth, leaf in ((None, 1), (4, 1), (None, 10)):
        params = dict(depth=depth, min_leaf=leaf)
        both.append(tree_case(f"tree cancer {params}", "decision_tree", params, cancer,
                              lambda s: tree.DecisionTreeClassifier(max_depth=depth, min_samples_leaf=leaf, random_state=s), 2))
        both.append(tree_case(f"tree diabetes {params}", "decision_tree", params, diabetes,
                              lambda s: tree.DecisionTreeRegressor(max_depth=depth, min_samples_leaf=leaf, random_state=s), 0))
    both.append(tree_case("tree cancer entropy", "decision_tree", dict(criterion="entropy"), cancer,
                          lambda s: tree.DecisionTreeClassifier(criterion="entropy", random_state=s), 2))
    both.append(tree_case("tree wine sqrt", "decision_tree", dict(features="sqrt"), wine,
                          lambda s: tree.DecisionTreeClassifier(max_features="sqrt", random_state=s), 3))
    both.append(tree_case("forest cancer", "random_forest", dict(trees=30, features="sqrt"), cancer,
                          lambda s: ensemble.RandomForestClassifier(30, random_state=s), 2))
    both.append(tree_case("forest diabetes", "random_forest", dict(trees=30, features=0.5, min_leaf=3), diabetes,
                          lambda s: ensemble.RandomForestRegressor(30, max_features=0.5, min_samples_leaf=3, random_state=s), 0))
    both.append(tree_case("forest without bootstrap", "random_forest", dict(trees=20, features="sqrt", bootstrap=False), cancer,
                          lambda s: ensemble.RandomForestClassifier(20, bootstrap=False, random_state=s), 2))
    return both


logistic_cases()
linear_cases()
neighbour_cases()
bayes_cases()
json.dump(dict(exact=cases, trees=tree_cases()), sys.stdout)

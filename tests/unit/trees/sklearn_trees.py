"""Reference results of scikit-learn for trees_test.cpp, as JSON on standard output."""

import json
import os
import sys

os.environ["OMP_NUM_THREADS"] = "1"  # threads that wait for each other spin on a busy machine

try:
    import numpy as np
    from sklearn import datasets, ensemble, tree
except ImportError as missing:
    sys.exit(f"scikit-learn is absent: {missing}")

cancer = datasets.load_breast_cancer(return_X_y=True)
wine = datasets.load_wine(return_X_y=True)
diabetes = datasets.load_diabetes(return_X_y=True)
gaps = (np.where(np.random.default_rng(3).random(cancer[0].shape) < 0.2, np.nan, cancer[0]), cancer[1])
counts = (diabetes[0], np.random.default_rng(4).poisson(np.exp(8 * diabetes[0][:, 2] + 1)))

boost, boosted, levels = ensemble.HistGradientBoostingClassifier, ensemble.HistGradientBoostingRegressor, dict(early_stopping=False)
# name, model, parameters, classes, data, scikit-learn's of a seed
CASES = [
    ("boosted cancer", "boosted_trees", dict(rounds=60), 2, cancer, lambda s: boost(max_iter=60, random_state=s, **levels)),
    ("boosted cancer with gaps", "boosted_trees", dict(rounds=60), 2, gaps, lambda s: boost(max_iter=60, random_state=s, **levels)),
    ("boosted wine", "boosted_trees", dict(rounds=40, min_leaf=5), 3, wine, lambda s: boost(max_iter=40, min_samples_leaf=5, **levels)),
    ("boosted diabetes", "boosted_trees", dict(rounds=60, rate=0.05, l2=1.0), 0, diabetes,
     lambda s: boosted(max_iter=60, learning_rate=0.05, l2_regularization=1.0, **levels)),
    ("boosted medians", "boosted_trees", dict(rounds=60, loss="absolute", max_leaves=8), 0, diabetes,
     lambda s: boosted(loss="absolute_error", max_iter=60, max_leaf_nodes=8, **levels)),
    ("boosted counts", "boosted_trees", dict(rounds=40, loss="poisson", depth=3), 0, counts,
     lambda s: boosted(loss="poisson", max_iter=40, max_depth=3, **levels)),
    ("boosted quantiles", "boosted_trees", dict(rounds=60, loss="quantile", quantile=0.8), 0, diabetes,
     lambda s: boosted(loss="quantile", quantile=0.8, max_iter=60, **levels)),
    ("extra trees cancer", "extra_trees", dict(trees=40), 2, cancer, lambda s: ensemble.ExtraTreesClassifier(40, random_state=s)),
    ("extra trees diabetes", "extra_trees", dict(trees=40, min_leaf=3), 0, diabetes,
     lambda s: ensemble.ExtraTreesRegressor(40, min_samples_leaf=3, random_state=s)),
    ("pruned tree", "decision_tree", dict(prune=40.0), 0, diabetes, lambda s: tree.DecisionTreeRegressor(ccp_alpha=40.0, random_state=s)),
    ("pruned classes", "decision_tree", dict(prune=0.01), 2, cancer, lambda s: tree.DecisionTreeClassifier(ccp_alpha=0.01, random_state=s)),
    ("tree of ten leaves", "decision_tree", dict(max_leaves=10), 0, diabetes, lambda s: tree.DecisionTreeRegressor(max_leaf_nodes=10, random_state=s)),
    ("tree of worthwhile cuts", "decision_tree", dict(min_gain=0.01), 2, cancer,
     lambda s: tree.DecisionTreeClassifier(min_impurity_decrease=0.01, random_state=s)),
    ("balanced tree", "decision_tree", dict(depth=2, **{"class_weight": "balanced"}), 2, cancer,
     lambda s: tree.DecisionTreeClassifier(max_depth=2, class_weight="balanced", random_state=s)),
]


def cross_validated(make, x, y, seed):
    folds = np.arange(len(y)) % 4
    return float(np.mean([make(seed).fit(x[folds != f], y[folds != f]).score(x[folds == f], y[folds == f]) for f in range(4)]))


def case(name, model, params, classes, data, make):
    x, y = data
    fitted = make(0).fit(x, y)
    importances = getattr(fitted, "feature_importances_", None)
    cells = [[None if np.isnan(cell) else float(cell) for cell in row] for row in x]
    return dict(name=name, model=model, params=params, classes=classes, x=cells, y=y.tolist(), scores=[cross_validated(make, x, y, s) for s in range(4)],
                importances=None if importances is None else importances.tolist())


json.dump([case(*c) for c in CASES], sys.stdout)

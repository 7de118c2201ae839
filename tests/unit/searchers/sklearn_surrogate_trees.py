"""Prints JSON: what scikit-learn's boosting for a quantile, and forests as scikit-optimize reads them, predict."""
import json

import numpy as np
from sklearn.ensemble import ExtraTreesRegressor, GradientBoostingRegressor

rng = np.random.default_rng(8)
rows, points = rng.random((60, 2)), rng.random((200, 2))
values = np.sin(6 * rows[:, 0]) + rows[:, 1] + 0.2 * rng.normal(size=60)


def quantile(share):
    model = GradientBoostingRegressor(n_estimators=30, loss="quantile", alpha=share, random_state=0).fit(rows, values)
    return model.predict(points).tolist()


def forest():
    model = ExtraTreesRegressor(n_estimators=1000, min_samples_leaf=3, random_state=0).fit(rows, values)
    mean, square = np.zeros(len(points)), np.zeros(len(points))
    for tree in model.estimators_:
        at = tree.predict(points)
        mean += at
        square += at ** 2 + tree.tree_.impurity[tree.apply(points)]
    mean, square = mean / len(model.estimators_), square / len(model.estimators_)
    return {"means": mean.tolist(), "deviations": np.sqrt(square - mean ** 2).tolist()}


print(json.dumps({"rows": rows.tolist(), "values": values.tolist(), "points": points.tolist(), "forest": forest(),
                  "quantiles": {str(share): quantile(share) for share in (0.16, 0.5, 0.84)}}))

"""What scikit-learn's combinations give on the rows and folds that it is handed as JSON, as JSON on standard output."""

import json
import sys

try:
    import warnings

    import numpy as np
    from sklearn.calibration import CalibratedClassifierCV
    from sklearn.ensemble import StackingClassifier, StackingRegressor, VotingClassifier, VotingRegressor
    from sklearn.feature_selection import RFE, SelectFromModel
    from sklearn.linear_model import LinearRegression, Ridge
    from sklearn.metrics import f1_score
    from sklearn.model_selection import cross_val_predict
    from sklearn.naive_bayes import GaussianNB
    from sklearn.neighbors import KNeighborsClassifier, KNeighborsRegressor
except ImportError as missing:
    sys.exit(f"scikit-learn is absent: {missing}")

warnings.simplefilter("ignore")
given = json.load(sys.stdin)
expected = {}


def best_threshold(p, y):
    """The cut between two neighbouring probabilities with the best F1; of equal ones the nearest to a half."""
    levels = np.unique(p)[::-1]
    cuts = (levels + np.append(levels[1:], 0.0)) / 2
    return max(((f1_score(y, p > c), -abs(c - 0.5), c) for c in cuts))[2]


for name, data in given["classes"].items():
    x, y, test = np.array(data["x"]), np.array(data["y"]), np.array(data["test"])
    folds = [(np.array(a), np.array(b)) for a, b in data["folds"]]
    members = [("nb", GaussianNB()), ("knn", KNeighborsClassifier(5))]
    out = expected[name] = {}
    for passthrough in (False, True):
        stack = StackingClassifier(members, GaussianNB(), cv=folds, passthrough=passthrough)
        out[f"stack {passthrough}".lower()] = stack.fit(x, y).predict_proba(test).tolist()
    out["vote soft"] = VotingClassifier(members, voting="soft", weights=[2, 1]).fit(x, y).predict_proba(test).tolist()
    out["vote hard"] = VotingClassifier(members, voting="hard", weights=[2, 1]).fit(x, y).predict(test).tolist()
    for method in ("sigmoid", "isotonic"):
        for ensemble in (True, False):
            fitted = CalibratedClassifierCV(GaussianNB(), method=method, cv=folds, ensemble=ensemble).fit(x, y)
            out[f"calibrate {method} {ensemble}".lower()] = fitted.predict_proba(test).tolist()
    if len(set(y)) == 2:
        unseen = cross_val_predict(GaussianNB(), x, y, cv=folds, method="predict_proba")[:, 1]
        out["threshold"] = best_threshold(unseen, y)

data = given["numbers"]
x, y, test = np.array(data["x"]), np.array(data["y"]), np.array(data["test"])
folds = [(np.array(a), np.array(b)) for a, b in data["folds"]]
members = [("linear", LinearRegression()), ("knn", KNeighborsRegressor(5))]
expected["numbers"] = {
    "stack": StackingRegressor(members, LinearRegression(), cv=folds).fit(x, y).predict(test).tolist(),
    "vote": VotingRegressor(members, weights=[2, 1]).fit(x, y).predict(test).tolist(),
    "select mean": np.flatnonzero(SelectFromModel(Ridge(), threshold="mean").fit(x, y).get_support()).tolist(),
    "select median": np.flatnonzero(SelectFromModel(Ridge(), threshold="median").fit(x, y).get_support()).tolist(),
    "select at most": np.flatnonzero(SelectFromModel(Ridge(), threshold="median", max_features=2).fit(x, y).get_support()).tolist(),
    "eliminate 1": np.flatnonzero(RFE(Ridge(), n_features_to_select=3, step=1).fit(x, y).support_).tolist(),
    "eliminate 2": np.flatnonzero(RFE(Ridge(), n_features_to_select=3, step=2).fit(x, y).support_).tolist(),
}
json.dump(expected, sys.stdout)

"""The folds of scikit-learn's splitters, as JSON: for each case its input and the rows that each fold scores and trains on."""
import json
import sys

import numpy as np
from sklearn import model_selection as ms


def case(splitter, name, params, rows, **columns):
    y, groups = columns.get("strata"), columns.get("groups")
    parts = splitter.split(np.zeros((rows, 1)), y, groups)
    return {
        "splitter": name,
        "params": params,
        "rows": rows,
        **{key: np.asarray(value).tolist() for key, value in columns.items()},
        "parts": [{"train": np.sort(train).tolist(), "scored": np.sort(test).tolist()} for train, test in parts],
    }


def groups_of_distinct_sizes(rng, count):
    sizes = rng.permutation(np.arange(1, count + 1))
    return rng.permutation(np.repeat(np.arange(count), sizes))


def time_series(rng, rows, k, gap):
    """TimeSeriesSplit on sorted days; the rows are then shuffled."""
    day_of_row = rng.permutation(rows)
    row_of_day = np.argsort(day_of_row)
    parts = ms.TimeSeriesSplit(n_splits=k, gap=gap).split(np.zeros((rows, 1)))
    return {
        "splitter": "forward",
        "params": {"k": k, "gap": float(gap)},
        "rows": rows,
        "times": (day_of_row + 100.0).tolist(),
        "parts": [{"train": np.sort(row_of_day[train]).tolist(), "scored": np.sort(row_of_day[test]).tolist()} for train, test in parts],
    }


rng = np.random.default_rng(3)
cases = []
for rows, k in ((10, 2), (23, 5), (100, 7), (7, 7)):
    cases.append(case(ms.KFold(k), "k_fold", {"k": k, "shuffled": False}, rows))
for rows, k, classes in ((40, 4, 2), (97, 5, 3), (60, 3, 5)):
    y = rng.permutation(np.concatenate([np.repeat(np.arange(classes), k), rng.integers(0, classes, rows - classes * k)]))
    cases.append(case(ms.StratifiedKFold(k), "stratified_k_fold", {"k": k, "shuffled": False}, rows, strata=y))
for count, k in ((6, 3), (12, 5), (9, 2)):
    groups = groups_of_distinct_sizes(rng, count)
    cases.append(case(ms.GroupKFold(k), "grouped_k_fold", {"k": k, "shuffled": False}, len(groups), groups=groups))
    cases.append(case(ms.LeaveOneGroupOut(), "leave_one_group", {}, len(groups), groups=groups))
    cases.append(case(ms.PredefinedSplit(groups), "by_column", {}, len(groups), groups=groups))
for rows, k, gap in ((12, 3, 0), (50, 5, 0), (101, 4, 0), (60, 5, 7)):
    cases.append(time_series(rng, rows, k, gap))
json.dump(cases, sys.stdout)

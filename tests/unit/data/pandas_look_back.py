#!/usr/bin/python3
"""Lags and windows as pandas computes them, on rows that lie in the file in no order of time."""

import json
import random

import numpy
import pandas
import sklearn  # noqa: F401  the tests that compare are skipped where it is absent

random.seed(3)
days = {store: random.sample(range(18000, 18120), 40) for store in "abc"}
rows = [(day, store) for store, list_ in days.items() for day in list_]
random.shuffle(rows)
table = pandas.DataFrame(rows, columns=["day", "store"])
table["units"] = [None if random.random() < 0.1 else round(random.gauss(100, 30), 3) for _ in rows]
ordered = table.sort_values("day", kind="stable")


def as_list(series):
    return [None if pandas.isna(cell) else float(cell) for cell in series.reindex(table.index)]


def windows(grouped, window, least, statistic, skip, current):
    shift = 0 if current else 1 + skip

    def one(series):
        shifted = series.shift(shift)
        if statistic == "count":
            return shifted.rolling(window, min_periods=0).count()
        rolling = shifted.rolling(window, min_periods=least)
        return getattr(rolling, {"std": "std"}.get(statistic, statistic))()

    return grouped.transform(one)


cases = []
for by in ("store", None):
    data = ordered if by else ordered.drop_duplicates("day")
    grouped = data.groupby("store" if by else (lambda _: 0))["units"]
    kept = [int(i) for i in sorted(data.index)]
    for steps in (1, 2, 7):
        cases.append({"step": "lag", "by": by, "rows": kept, "params": {"steps": steps},
                      "result": [as_list(grouped.shift(steps))[i] for i in kept]})
    for statistic in ("mean", "sum", "min", "max", "std", "median", "count"):
        for window, least, skip, current in ((3, 1, 0, False), (7, 3, 0, False), (5, 2, 4, False), (4, 1, 0, True), (1, 1, 0, False)):
            result = as_list(windows(grouped, window, least, statistic, skip, current))
            cases.append({"step": "rolling", "by": by, "rows": kept,
                          "params": {"statistic": statistic, "window": window, "least": least, "skip": skip, "current": current},
                          "result": [result[i] for i in kept]})

print(json.dumps({
    "day": [int(day) for day in table["day"]],
    "store": list(table["store"]),
    "units": [None if numpy.isnan(units) else units for units in table["units"]],
    "cases": cases,
}))

"""Reference results of the steps that change numbers column by column or row by row, as JSON: cases with input, call and output."""
import json
import sys
import warnings

import numpy as np
from sklearn.datasets import load_breast_cancer, load_diabetes
from sklearn.experimental import enable_iterative_imputer  # noqa: F401
from sklearn.feature_selection import VarianceThreshold
from sklearn.impute import IterativeImputer, KNNImputer, MissingIndicator
from sklearn.preprocessing import (
    Binarizer,
    KBinsDiscretizer,
    MinMaxScaler,
    Normalizer,
    PowerTransformer,
    QuantileTransformer,
    RobustScaler,
    SplineTransformer,
    StandardScaler,
)

warnings.filterwarnings("ignore")


def table(matrix):
    """Columns of cells; a missing one is null."""
    return [[None if v is None or v != v else v for v in column] for column in np.asarray(matrix, dtype=object).T.tolist()]


def with_gaps(rng, matrix):
    matrix = matrix.copy()
    matrix[rng.random(matrix.shape) < 0.15] = np.nan
    return matrix


cases = []


def case(step, transformer, train, test, tolerance=1e-9, **params):
    output = np.asarray(transformer.fit(train).transform(test), dtype=float)
    cases.append({"step": step, "params": params, "train": table(train), "test": table(test), "output": table(output), "tolerance": tolerance})


rng = np.random.default_rng(11)
cancer, diabetes = load_breast_cancer().data, load_diabetes().data
train, test = cancer[:300, :6], cancer[300:360, :6]
gappy, gappy_test = with_gaps(rng, train), with_gaps(rng, test)
whole = np.round(np.log1p(cancer[:200, :4]) * 2)
whole_test = np.round(np.log1p(cancer[200:260, :4]) * 2)
constant = np.column_stack([train[:, :2], np.full(300, 3.0)])

case("scale", MinMaxScaler(feature_range=(-1, 2)), gappy, gappy_test, method="minmax", range=[-1.0, 2.0])
case("scale", MinMaxScaler(feature_range=(-1, 2)), constant, constant, method="minmax", range=[-1.0, 2.0])
case("scale", RobustScaler(quantile_range=(5, 90)), gappy, gappy_test, method="robust", quantiles=[0.05, 0.9])
case("scale", RobustScaler(with_centering=False), gappy, gappy_test, method="robust", center=False)
case("scale", StandardScaler(with_std=False), gappy, gappy_test, method="standard", unit=False)
case("scale", StandardScaler(with_mean=False), gappy, gappy_test, method="standard", center=False)

for standardise in (True, False):
    case("power", PowerTransformer("yeo-johnson", standardize=standardise), gappy, gappy_test, 1e-5, method="yeo_johnson", standardise=standardise)
    case("power", PowerTransformer("yeo-johnson", standardize=standardise), diabetes, diabetes[:50], 1e-5, method="yeo_johnson",
         standardise=standardise)
    case("power", PowerTransformer("box-cox", standardize=standardise), gappy[:, :5], gappy_test[:, :5], 1e-5, method="box_cox",
         standardise=standardise)

for output in ("uniform", "normal"):
    for quantiles in (10, 150):
        for fitted, applied in ((gappy, gappy_test), (whole, whole_test), (constant, constant)):
            transformer = QuantileTransformer(n_quantiles=quantiles, output_distribution=output, subsample=10**6)
            case("quantile", transformer, fitted, applied, 1e-8, output=output, quantiles=quantiles)

for strategy in ("uniform", "quantile", "kmeans"):
    for encode in ("ordinal", "one_hot"):
        for bins, fitted, applied in ((5, train, test), (3, whole, whole_test), (4, constant, constant)):
            ours = KBinsDiscretizer(bins, encode="onehot-dense" if encode == "one_hot" else "ordinal", strategy=strategy, subsample=None)
            case("k_bins", ours, fitted, applied, bins=bins, strategy=strategy, encode=encode)

for extrapolation in ("constant", "linear", "continue", "periodic"):
    for placing in ("uniform", "quantile"):
        for degree, knots, bias in ((3, 6, True), (2, 5, False), (1, 4, True)):
            spline = SplineTransformer(knots, degree, knots=placing, extrapolation=extrapolation, include_bias=bias)
            columns = 3 if degree > 1 else 1  # of several columns scikit-learn 1.2 forgets the knots of all but the first in degree 1
            case("spline", spline, train[:, :columns], test[:, :columns], 1e-7, knots=knots, degree=degree, placing=placing, extrapolation=extrapolation,
                 bias=bias)
case("spline", SplineTransformer(4, 0), train[:, :2], test[:, :2], knots=4, degree=0)

for norm in ("l1", "l2", "max"):
    case("normalise", Normalizer(norm), diabetes, np.vstack([diabetes[:20], np.zeros(10)]), norm=norm)
case("binarise", Binarizer(threshold=0.01), diabetes, diabetes[:20], threshold=0.01)
case("missing_indicator", MissingIndicator(features="missing-only"), np.column_stack([gappy, train[:, 0]]),
     np.column_stack([gappy_test, test[:, 0]]))
case("missing_indicator", MissingIndicator(features="all"), gappy, gappy_test, columns="all")
for threshold in (0.0, 0.01, 1.0):
    case("variance_threshold", VarianceThreshold(threshold), np.column_stack([gappy, np.full(300, 0.1)]),
         np.column_stack([gappy_test, np.zeros(60)]), threshold=threshold)
for k in (1, 5, 40):
    for weights in ("uniform", "distance"):
        case("impute_knn", KNNImputer(n_neighbors=k, weights=weights), gappy, gappy_test, 1e-6, k=k, weights=weights)

for rounds in (1, 10):
    case("impute_iterative", IterativeImputer(max_iter=rounds), gappy, gappy_test, 1e-5, rounds=rounds)

json.dump({"cases": cases}, sys.stdout)

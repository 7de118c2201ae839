"""Reference results of the steps by scikit-learn, as JSON: a list of cases, each with its input, the step's call and its output."""
import json
import sys
import warnings

import numpy as np
from sklearn.datasets import load_breast_cancer, load_diabetes
from sklearn.decomposition import PCA
from sklearn.feature_selection import chi2, f_classif, f_regression, mutual_info_classif, mutual_info_regression
from sklearn.impute import SimpleImputer
from sklearn.preprocessing import (
    MaxAbsScaler,
    MinMaxScaler,
    OneHotEncoder,
    OrdinalEncoder,
    PolynomialFeatures,
    RobustScaler,
    StandardScaler,
)
from sklearn.utils.extmath import svd_flip

# Scalers warn of columns without a value.
warnings.filterwarnings("ignore")


def table(matrix):
    """Columns of cells; a missing one is null."""
    return [[None if v is None or v != v else v for v in column] for column in np.asarray(matrix, dtype=object).T.tolist()]


def with_gaps(rng, matrix):
    matrix = matrix.copy()
    matrix[rng.random(matrix.shape) < 0.15] = np.nan
    return matrix


def case(step, train, test, output, params=None, **more):
    return {"step": step, "params": params or {}, "train": table(train), "test": table(test), "output": table(output), **more}


def scalers(train, test):
    kinds = {"standard": StandardScaler(), "minmax": MinMaxScaler(), "robust": RobustScaler(), "maxabs": MaxAbsScaler()}
    return [case("scale", train, test, scaler.fit(train).transform(test), {"method": kind}) for kind, scaler in kinds.items()]


def imputers(train, test):
    cases = []
    for strategy in ("mean", "median", "most_frequent"):
        for indicator in (False, True):
            imputer = SimpleImputer(strategy=strategy, add_indicator=indicator).fit(train)
            cases.append(case("impute", train, test, imputer.transform(test), {"strategy": strategy, "indicator": indicator}))
    return cases


def pca_case(train, test, components, whiten):
    pca = PCA(n_components=components, whiten=whiten, svd_solver="full").fit(train)
    # The signs by the loadings, as in scikit-learn from 1.5 on.
    _, flipped = svd_flip(np.zeros((1, len(pca.components_))), pca.components_.copy(), u_based_decision=False)
    signs = np.sign((flipped * pca.components_).sum(axis=1))
    return case("pca", train, test, pca.transform(test) * signs, {"components": components or "all", "whiten": whiten})


def principal_components(x):
    scaled = StandardScaler().fit_transform(x)
    cases = [pca_case(scaled[:400], scaled[400:], k, whiten) for k in (None, 1, 10, 0.95, 0.5) for whiten in (False, True)]
    cases.append(pca_case(scaled[:12], scaled[12:40], 8, False))
    cases.append(pca_case(x[:400], x[400:], 3, False))
    return cases


def scores(x, y, t):
    return [
        {"score": "f", "x": table(x), "labels": y.tolist(), "scores": f_classif(x, y)[0].tolist()},
        {"score": "chi2", "x": table(x), "labels": y.tolist(), "scores": chi2(x, y)[0].tolist()},
        {"score": "f", "x": table(t.data), "values": t.target.tolist(), "scores": f_regression(t.data, t.target)[0].tolist()},
    ]


def informations(rng, x, y):
    """Numbers and few values on either side; scikit-learn adds a little noise to numbers."""
    few = np.round(rng.normal(size=(400, 3)) * 2)
    many = rng.normal(size=(400, 3))
    mixed = np.hstack([few, many])
    is_few = np.arange(6) < 3
    number = np.sin(3 * many[:, 0]) + few[:, 1] ** 2 + 0.1 * rng.normal(size=400)
    label = (number > 1).astype(int)
    options = {"discrete_features": is_few, "random_state": 0}
    return [
        {"x": table(x), "labels": y.tolist(), "scores": mutual_info_classif(x, y, discrete_features=False, random_state=0).tolist()},
        {"x": table(mixed), "labels": label.tolist(), "scores": mutual_info_classif(mixed, label, **options).tolist()},
        {"x": table(mixed), "values": number.tolist(), "scores": mutual_info_regression(mixed, number, **options).tolist()},
    ]


def polynomials(x):
    cases = []
    for degree, only, bias in ((2, False, False), (3, False, True), (3, True, False), (1, False, False)):
        features = PolynomialFeatures(degree, interaction_only=only, include_bias=bias)
        params = {"degree": degree, "interaction_only": only, "bias": bias}
        cases.append(case("polynomial", x, x, features.fit_transform(x), params))
    return cases


def encoders(rng):
    train = np.column_stack([rng.choice(["b", "a", "d", "c"], 60, p=[0.5, 0.3, 0.15, 0.05]), rng.choice(["x", "y"], 60)]).astype(object)
    test = np.array([["a", "y"], ["never seen", "x"], ["d", "x"], ["c", "y"]], dtype=object)
    plain = OneHotEncoder(handle_unknown="ignore", sparse_output=False).fit(train)
    dropped = OneHotEncoder(drop="first", handle_unknown="ignore", sparse_output=False).fit(train)
    binary = OneHotEncoder(drop="if_binary", handle_unknown="ignore", sparse_output=False).fit(train)
    rare = OneHotEncoder(handle_unknown="infrequent_if_exist", min_frequency=0.2, sparse_output=False).fit(train)
    most = OneHotEncoder(handle_unknown="infrequent_if_exist", max_categories=3, sparse_output=False).fit(train)
    codes = OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=-1).fit(train)
    return [
        case("one_hot", train, test, plain.transform(test)),
        case("one_hot", train, test, dropped.transform(test), {"drop_first": True}),
        case("one_hot", train, test, binary.transform(test), {"drop_binary": True}),
        case("one_hot", train, test, rare.transform(test), {"rare": 0.2}),
        # max_categories counts the column of the rare ones.
        case("one_hot", train, test, most.transform(test), {"max_levels": 2}),
        case("ordinal", train, test, codes.transform(test)),
    ]


rng = np.random.default_rng(7)
cancer = load_breast_cancer()
gappy = with_gaps(rng, cancer.data[:300, :8])
constant = np.column_stack([gappy, np.full(300, 0.1)])
gappy_test = with_gaps(rng, cancer.data[300:350, :8])
constant_test = np.column_stack([gappy_test, np.full(50, 0.1)])
whole = np.round(np.log1p(gappy))

json.dump(
    {
        "cases": scalers(constant, constant_test)
        + imputers(gappy, gappy_test)
        + imputers(whole, gappy_test)
        + principal_components(cancer.data)
        + polynomials(cancer.data[:40, :4])
        + encoders(rng),
        "scores": scores(cancer.data, cancer.target, load_diabetes()),
        "informations": informations(rng, cancer.data, cancer.target),
    },
    sys.stdout,
)

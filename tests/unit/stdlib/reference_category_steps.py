"""Reference results of the encoders of categories: scikit-learn where it has them, else their published formula in numpy."""
import json
import sys

import numpy as np
from sklearn.feature_extraction import FeatureHasher

rng = np.random.default_rng(5)
levels = np.array(["a", "bb", "ccc", "dddd", "é—five", "six six"])


def hashing(columns, signed):
    cells = rng.choice(levels, (40, 2))
    rows = [[f"x{c}={cell}" for c, cell in enumerate(row)] for row in cells]
    output = FeatureHasher(columns, input_type="string", alternate_sign=signed).transform(rows).toarray()
    return {"step": "hashing_encode", "params": {"columns": columns, "signed": signed}, "train": cells.T.tolist(), "test": cells.T.tolist(),
            "output": output.T.tolist()}


def encode(train, y, test, smooth):
    """TargetEncoder of scikit-learn 1.3 (sklearn/preprocessing/_target_encoder_fast.pyx)."""
    mean, variance = y.mean(), y.var()
    encoding = {}
    for level in np.unique(train):
        own = y[train == level]
        if smooth == "auto":
            denominator = variance * len(own) + own.var()
            share = variance * len(own) / denominator if denominator > 0 else 0
            encoding[level] = share * own.mean() + (1 - share) * mean
        else:
            encoding[level] = (own.sum() + smooth * mean) / (len(own) + smooth)
    return [encoding.get(level, mean) for level in test]


def target_encoding(task, smooth):
    train, test = rng.choice(levels[:5], 80, p=[0.4, 0.3, 0.2, 0.05, 0.05]), levels
    if task == "regression":
        y = rng.normal(size=80) + 3 * np.char.str_len(train)
        output = [encode(train, y, test, smooth)]
    else:
        classes = 2 if task == "binary" else 3
        y = (np.char.str_len(train) + rng.integers(0, 2, 80)) % classes
        output = [encode(train, (y == k).astype(float), test, smooth) for k in ([1] if classes == 2 else range(3))]
    return {"task": task, "smooth": smooth, "train": [train.tolist()], "y": y.tolist(), "test": [test.tolist()], "output": output}


json.dump(
    {
        "cases": [hashing(columns, signed) for columns in (1, 7, 64) for signed in (True, False)],
        "target": [target_encoding(task, smooth) for task in ("binary", "multiclass", "regression") for smooth in ("auto", 0.0, 12.5)],
    },
    sys.stdout,
)

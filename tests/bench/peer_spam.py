#!/usr/bin/env python3
"""The grid of spam.mlp by scikit-learn; arguments as peer.py says.

`memory=` would keep what the vectorizer gives over values of C; keeping it in files takes longer than C's three fits save, so that the points
of one vectorizer are fitted side by side without it.
"""
import json

import numpy as np
import peer
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline

GRID = {
    "words__ngram_range": [(1, 1), (1, 2)],
    "words__min_df": [2, 5, 10],
    "model__C": [1.0, 10.0, 100.0],
}

with open(peer.PATH, encoding="utf-8") as file:
    mails = [json.loads(line) for line in file]
texts = np.array([mail["text"] for mail in mails], dtype=object)
y = np.array([mail["kind"] == "spam" for mail in mails], dtype=int)
folds = np.array([int(mail["fold"][1:]) for mail in mails])
pipeline = Pipeline([("words", TfidfVectorizer(sublinear_tf=True)), ("model", LogisticRegression(max_iter=1000))])
peer.search(pipeline, GRID, "roc_auc", texts, y, folds)

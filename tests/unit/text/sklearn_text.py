"""What scikit-learn's vectorizers make of the texts and settings on standard input: per case the terms, the fitted and the new rows."""
import json
import sys

from sklearn.feature_extraction.text import CountVectorizer, HashingVectorizer, TfidfVectorizer

KINDS = {"count_words": CountVectorizer, "tfidf": TfidfVectorizer, "hash_words": HashingVectorizer}


def rows_of(matrix):
    matrix = matrix.tocsr()
    matrix.sort_indices()
    return {"offsets": matrix.indptr.tolist(), "indices": matrix.indices.tolist(), "values": [float(v) for v in matrix.data]}


def main():
    given = json.load(sys.stdin)
    answers = []
    for case in given["cases"]:
        arguments = dict(case["sklearn"])
        if "ngram_range" in arguments:
            arguments["ngram_range"] = tuple(arguments["ngram_range"])
        vectorizer = KINDS[case["kind"]](**arguments)
        fitted = vectorizer.fit_transform(given["texts"])
        answer = {"fitted": rows_of(fitted), "applied": rows_of(vectorizer.transform(given["others"]))}
        if case["kind"] != "hash_words":
            answer["terms"] = vectorizer.get_feature_names_out().tolist()
        answers.append(answer)
    json.dump(answers, sys.stdout)


main()

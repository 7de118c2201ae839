"""How alike a model treats groups of rows is measured by a column that is no feature, and a search keeps to a bound on it."""

import csv
import unittest

from program import EXAMPLES, ProgramTest

EXPERIMENT = """edition 1

seed 1

data credit = csv("train.csv") {
  class:                        category target positive "bad"
  sex, checking_status:         category
  duration, credit_amount, age: numeric
  others:                       text
}

split credit {
  test  "test.csv"
  folds 3 stratified
}

pipeline prep {
  {duration, credit_amount, age} -> scale(standard)
  checking_status -> one_hot
}

model logit = prep -> oversample -> logistic(C in {1e-4, 1e-3, 1e-2, 1.0})

search best over logit {
  method   grid(points: 4)
  maximize balanced_accuracy
}

evaluate best {
  metrics balanced_accuracy, fairness_gap(by: sex), fairness_gap(by: sex, of: true_positive), fairness_gap(by: sex, of: odds)
}

save best "best.mlpm"
"""


class Tests(ProgramTest):
    def setUp(self):
        super().setUp()
        with open(EXAMPLES / "data/credit_g.csv", encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        for row in rows:
            row["sex"] = row["personal_status"].split()[0]
        self.test_rows = rows[700:]
        for name, part in {"train.csv": rows[:700], "test.csv": self.test_rows}.items():
            with open(self.folder / name, "w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, rows[0])
                writer.writeheader()
                writer.writerows(part)

    # Share of the rows of each sex, those of one class where it is given, that are predicted bad: largest difference.
    def gap(self, predicted, actual=None):
        shares = []
        for sex in ("male", "female"):
            chosen = [p == "bad" for p, row in zip(predicted, self.test_rows) if row["sex"] == sex and actual in (None, row["class"])]
            shares.append(sum(chosen) / len(chosen))
        return max(shares) - min(shares)

    def test_the_gap_of_test_rows_is_that_of_their_predictions(self):
        self.write("fair.mlp", EXPERIMENT)
        scores = self.run_json("fair.mlp")["searches"][0]["seeds"][0]["test_scores"]
        predicted = [row["prediction"] for row in self.csv_rows(self.mlpc("predict", "best.mlpm", "test.csv").stdout)]
        self.assertAlmostEqual(scores["fairness_gap(by: sex)"], self.gap(predicted))
        self.assertAlmostEqual(scores["fairness_gap(by: sex, of: true_positive)"], self.gap(predicted, "bad"))
        odds = max(self.gap(predicted, "bad"), self.gap(predicted, "good"))
        self.assertAlmostEqual(scores["fairness_gap(by: sex, of: odds)"], odds)
        self.assertGreater(odds, 0)

    def test_a_bound_on_it_keeps_a_search_from_what_breaks_it(self):
        def trials(*clauses):
            text = EXPERIMENT.replace("  maximize balanced_accuracy\n", "".join(f"  {clause}\n" for clause in clauses))
            self.write("fair.mlp", text)
            search = self.run_json("fair.mlp")["searches"][0]
            return [({m["name"]: m["value"] for m in t["measures"]}, t["feasible"]) for t in search["seeds"][0]["trials"]]

        goals = trials("maximize balanced_accuracy", "minimize fairness_gap(by: sex)")
        gaps = sorted(measures["fairness_gap(by: sex)"] for measures, _ in goals)
        self.assertLess(gaps[0], gaps[-1])
        bound = (gaps[0] + gaps[-1]) / 2
        for name in ("fairness_gap(by: sex)", "fairness_gap"):
            clauses = ["maximize balanced_accuracy", f"where {name} < {bound}"]
            if name == "fairness_gap":
                clauses.insert(1, "minimize fairness_gap(by: sex)")
            kept = trials(*clauses)
            self.assertEqual(sorted(measures[name] for measures, _ in kept), gaps)
            self.assertEqual([feasible for _, feasible in kept], [measures[name] < bound for measures, _ in kept])

    def test_the_groups_are_a_column_of_the_data_that_has_some(self):
        for groups, code in {"": "T113", "(of: odds)": "T113", "(by: sexx)": "N106", "(by: age)": "T101", '(by: "sex")': "T101"}.items():
            closed = EXPERIMENT.replace("  others:                       text\n", "")
            self.write("fair.mlp", closed.replace("maximize balanced_accuracy", f"minimize fairness_gap{groups}"))
            self.assert_codes("fair.mlp", [code])


if __name__ == "__main__":
    unittest.main()
